// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace spanlab::host::cli {

/// Says on `err` what may be done next, unless the command line asked for quiet: `next: ` and the command.
void print_next(const Context& context, std::vector<std::string> words);

}  // namespace spanlab::host::cli
