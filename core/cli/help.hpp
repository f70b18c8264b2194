// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace spanlab::host::cli {

/// The list of commands, within 80 columns.
void print_program_help(std::ostream& out, const std::vector<Command>& commands);

/// Usage, options and examples of one command.
void print_command_help(std::ostream& out, const Command& command);

/// How an option is written, and its default: `-f, --follow`, `--threads N (=1)`.
std::string usage_of(const OptionText& option);

}  // namespace spanlab::host::cli
