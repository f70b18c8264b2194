// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace spanlab::cli {

/// `spanlab` and these words as they can be copied into bash, with the options of this command line that
/// decide what is found: --data-path, --plugin-path, --runs.
std::string printed_command(const Context& context, std::vector<std::string> words);

/// Says on `err` what may be done next, unless the command line asked for quiet: `next: ` and the command.
void print_next(const Context& context, std::vector<std::string> words);

/// --data-path and --plugin-path of this command line as words of another.
std::vector<std::string> search_words(const Context& context);

/// A message in which every `spanlab COMMAND` between backquotes has these options as well: what makes
/// messages does not know them.
std::string with_options(const Context& context, std::string message);

}  // namespace spanlab::cli
