// SPDX-License-Identifier: MIT
#include "cli/command.hpp"

#include <ostream>

namespace spanlab::host::cli {

app::Notes Context::notes() const {
  return [this](const std::string& line) { err << line << std::endl; };
}

app::Notes Context::progress() const {
  if (quiet) return [](const std::string&) {};
  return notes();
}

}  // namespace spanlab::host::cli
