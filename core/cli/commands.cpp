// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace spanlab::cli {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(evaluate_command());
  return commands;
}

}  // namespace spanlab::cli
