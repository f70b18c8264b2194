// SPDX-License-Identifier: MIT
#include "cli/printed_command.hpp"

#include <ostream>

#include "app/printed_command.hpp"

namespace spanlab::host::cli {

void print_next(const Context& context, std::vector<std::string> words) {
  if (!context.quiet) {
    context.err << "next: " << app::printed_command(context.places, std::move(words)) << '\n';
  }
}

}  // namespace spanlab::host::cli
