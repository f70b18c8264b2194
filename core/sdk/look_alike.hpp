// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

/// For a message that shows both texts: the code points in which they first differ, ` (they look alike:
/// U+0065 U+0308, expected U+00EB)`, and what they are if it is how letters are composed. Empty where a
/// reader sees the difference.
SPANLAB_API std::string look_alike(std::string_view got, std::string_view expected);

}  // namespace spanlab
