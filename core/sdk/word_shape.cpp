// SPDX-License-Identifier: MIT
#include "spanlab/word_shape.hpp"

#include <algorithm>

#include "sdk/unicode.hpp"

namespace spanlab {

std::int64_t casing_class(std::string_view word, MostlyDigits mostly) {
  const std::u32string text = unicode::decode(word);
  if (text.empty()) return 6;
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(text, unicode::is_digit));
  if (digits == text.size()) return 0;
  if (std::ranges::all_of(text, unicode::is_letter)) {
    // Letters without case, such as ideographs, are passed over, as Python's islower and isupper do.
    const bool cased = std::ranges::any_of(text, unicode::is_cased);
    const auto none_but = [&](bool (*of_case)(char32_t)) {
      return std::ranges::all_of(text, [&](char32_t c) { return of_case(c) || !unicode::is_cased(c); });
    };
    if (cased && none_but(unicode::is_lower)) return 1;
    if (cased && none_but(unicode::is_upper)) return 2;
    if (unicode::is_upper(text.front())) return 3;
  }
  if (2 * digits > text.size() || (mostly == MostlyDigits::from_half && 2 * digits == text.size())) return 4;
  return digits > 0 ? 5 : 6;
}

}  // namespace spanlab
