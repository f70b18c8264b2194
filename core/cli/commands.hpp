// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "cli/command.hpp"

namespace spanlab::cli {

/// Every subcommand, in the order of --help. Each is made by a function of its own source, declared here.
std::vector<std::unique_ptr<Command>> all_commands();

std::unique_ptr<Command> check_command();
std::unique_ptr<Command> data_add_command();
std::unique_ptr<Command> data_build_command();
std::unique_ptr<Command> data_check_command();
std::unique_ptr<Command> data_info_command();
std::unique_ptr<Command> data_list_command();
std::unique_ptr<Command> doctor_command();
std::unique_ptr<Command> run_command();
std::unique_ptr<Command> resume_command();
std::unique_ptr<Command> rerun_command();
std::unique_ptr<Command> trial_command();
std::unique_ptr<Command> status_command();
std::unique_ptr<Command> logs_command();
std::unique_ptr<Command> ls_command();
std::unique_ptr<Command> evaluate_command();
std::unique_ptr<Command> predict_command();
std::unique_ptr<Command> plan_command();
std::unique_ptr<Command> show_command();
std::unique_ptr<Command> plugin_info_command();
std::unique_ptr<Command> plugin_list_command();
std::unique_ptr<Command> plugin_seal_command();
std::unique_ptr<Command> tokenize_command();
std::unique_ptr<Command> report_command();
std::unique_ptr<Command> help_command();

}  // namespace spanlab::cli
