// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

inline constexpr std::int64_t kCasingClasses = 7;

/// When a word counts as mostly digits: the report on a public re-implementation of Crone (2020, arXiv
/// 2002.06424) says more than half, its code takes half too (docs/papers.md, Task depth).
enum class MostlyDigits { more_than_half, from_half };

/// How a word (UTF-8) is written, 0 to 6, the first that holds: all digits; letters, all lower; letters, all
/// upper; letters, the first upper; mostly digits; at least one digit; anything else. A digit is a character
/// of Unicode category N*.
SPANLAB_API std::int64_t casing_class(std::string_view word,
                                      MostlyDigits mostly = MostlyDigits::more_than_half);

}  // namespace spanlab
