// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

inline constexpr std::int64_t kCasingClasses = 7;

/// How a word (UTF-8) is written, 0 to 6, the first that holds: all digits; letters, all lower; letters, all upper; letters,
/// the first upper; at least half digits; at least one digit; anything else. Source: papers.md §4.1 ("at least half" is the
/// code's reading, the text says "more than half"). A digit is a character of Unicode category N*.
SPANLAB_API std::int64_t casing_class(std::string_view word);

}  // namespace spanlab
