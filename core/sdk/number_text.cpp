// SPDX-License-Identifier: MIT
#include "sdk/number_text.hpp"

namespace spanlab {

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

}  // namespace spanlab
