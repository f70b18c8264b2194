// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <algorithm>

namespace spanlab::host::cli {

std::vector<Command> all_commands() {
  return {
      run_command(),          status_command(),      resume_command(),     rerun_command(),
      trial_command(),        check_command(),       contract_command(),   plan_command(),
      show_command(),         logs_command(),        ls_command(),         report_command(),
      compare_command(),      diff_command(),        errors_command(),     evaluate_command(),
      predict_command(),      tokenize_command(),    data_list_command(),  data_info_command(),
      data_add_command(),     data_check_command(),  data_build_command(), plugin_list_command(),
      plugin_check_command(), plugin_info_command(), plugin_new_command(), plugin_seal_command(),
      lua_stubs_command(),    new_study_command(),   completion_command(), complete_command(),
      doctor_command(),       help_command(),        commands_command(),
  };
}

std::pair<const Command*, std::size_t> find_command(const std::vector<Command>& commands,
                                                    const std::vector<std::string>& words) {
  for (const std::size_t count : {2, 1}) {
    if (words.size() < count) continue;
    const std::string name = count == 2 ? words[0] + ' ' + words[1] : words[0];
    const auto command = std::ranges::find(commands, name, &Command::name);
    if (command != commands.end()) return {&*command, count};
  }
  return {nullptr, 0};
}

}  // namespace spanlab::host::cli
