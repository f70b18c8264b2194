// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace spanlab::cli {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(run_command());
  commands.push_back(status_command());
  commands.push_back(resume_command());
  commands.push_back(rerun_command());
  commands.push_back(trial_command());
  commands.push_back(check_command());
  commands.push_back(plan_command());
  commands.push_back(show_command());
  commands.push_back(logs_command());
  commands.push_back(ls_command());
  commands.push_back(report_command());
  commands.push_back(evaluate_command());
  commands.push_back(predict_command());
  commands.push_back(tokenize_command());
  commands.push_back(data_list_command());
  commands.push_back(data_info_command());
  commands.push_back(data_add_command());
  commands.push_back(data_check_command());
  commands.push_back(data_build_command());
  commands.push_back(plugin_list_command());
  commands.push_back(plugin_info_command());
  commands.push_back(plugin_seal_command());
  commands.push_back(doctor_command());
  commands.push_back(help_command());
  return commands;
}

}  // namespace spanlab::cli
