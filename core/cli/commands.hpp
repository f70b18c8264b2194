// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::cli {

/// Every subcommand, in the order of --help: what help, hints for unknown commands and docs/commands.md are
/// made from.
SPANLAB_API std::vector<Command> all_commands();

/// The command that the first one or two of `words` name, or null, and how many of them do.
std::pair<const Command*, std::size_t> find_command(const std::vector<Command>& commands,
                                                    const std::vector<std::string>& words);

// Each is made by a function of its own source.

Command check_command();
Command commands_command();
Command compare_command();
Command complete_command();
Command completion_command();
Command contract_command();
Command data_add_command();
Command data_build_command();
Command data_check_command();
Command data_info_command();
Command data_list_command();
Command diff_command();
Command doctor_command();
Command errors_command();
Command evaluate_command();
Command help_command();
Command logs_command();
Command ls_command();
Command lua_stubs_command();
Command new_study_command();
Command plan_command();
Command plugin_check_command();
Command plugin_info_command();
Command plugin_list_command();
Command plugin_new_command();
Command plugin_seal_command();
Command predict_command();
Command report_command();
Command rerun_command();
Command resume_command();
Command run_command();
Command show_command();
Command status_command();
Command tokenize_command();
Command trial_command();

}  // namespace spanlab::host::cli
