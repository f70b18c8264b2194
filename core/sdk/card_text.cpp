// SPDX-License-Identifier: MIT
#include "sdk/card_text.hpp"

#include <fmt/format.h>

namespace spanlab {

std::string card_lines(const std::string& key, const std::string& path, const std::string& sha256,
                       const std::string& indent) {
  return fmt::format("{0}[files.{1}]\n{0}path = \"{2}\"\n{0}sha256 = \"{3}\"", indent, key, path, sha256);
}

}  // namespace spanlab
