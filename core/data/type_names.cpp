// SPDX-License-Identifier: MIT
#include "data/type_names.hpp"

#include <fmt/format.h>

#include "text/terminal_text.hpp"

namespace spanlab::host {

std::string wrong_type_name(const std::string& name) {
  if (name.find_first_not_of(" \t") == name.npos) return "a type has no name";
  if (const std::string shown = printable(name); shown != name) {
    return fmt::format("type '{}': expected a name of UTF-8 without control characters", shown);
  }
  return "";
}

}  // namespace spanlab::host
