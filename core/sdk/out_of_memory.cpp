// SPDX-License-Identifier: MIT
#include "sdk/out_of_memory.hpp"

#include <c10/util/Exception.h>

#include <string_view>

namespace spanlab::host {

bool says_out_of_memory(const std::exception& error) {
  if (dynamic_cast<const c10::OutOfMemoryError*>(&error)) return true;
  const auto* other = dynamic_cast<const c10::Error*>(&error);
  if (!other) return false;
  const std::string_view text = other->what();
  return text.find("can't allocate memory") != text.npos || text.find("out of memory") != text.npos;
}

}  // namespace spanlab::host
