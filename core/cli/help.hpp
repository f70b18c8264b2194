// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <memory>
#include <vector>

#include "cli/command.hpp"

namespace spanlab::cli {

/// The list of commands, within 80 columns.
void print_program_help(std::ostream& out, const std::vector<std::unique_ptr<Command>>& commands);

/// Usage, options and examples of one command. `own` holds its options, `positional` the names that are
/// arguments.
void print_command_help(std::ostream& out, const Command& command,
                        const boost::program_options::options_description& own,
                        const boost::program_options::options_description& common,
                        const boost::program_options::positional_options_description& positional);

/// True where `name` is an argument and not an option.
bool is_positional(const boost::program_options::positional_options_description& positional,
                   const std::string& name);

}  // namespace spanlab::cli
