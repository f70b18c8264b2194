// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace spanlab::host::cli {

std::vector<Command> all_commands() {
  return {
      run_command(),         status_command(),       resume_command(),      rerun_command(),
      trial_command(),       check_command(),        contract_command(),    plan_command(),
      show_command(),        logs_command(),         ls_command(),          report_command(),
      evaluate_command(),    predict_command(),      tokenize_command(),    data_list_command(),
      data_info_command(),   data_add_command(),     data_check_command(),  data_build_command(),
      plugin_list_command(), plugin_check_command(), plugin_info_command(), plugin_new_command(),
      plugin_seal_command(), lua_stubs_command(),    doctor_command(),      help_command(),
      commands_command(),
  };
}

}  // namespace spanlab::host::cli
