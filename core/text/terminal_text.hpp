// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// Columns that UTF-8 text takes on a terminal: wide characters count twice, combining ones nothing.
SPANLAB_API std::size_t display_width(std::string_view text);

/// `text` cut to at most `columns`, with `…` as its last character where something was cut.
SPANLAB_API std::string cut(std::string_view text, std::size_t columns);

/// `text` cut or filled up with spaces to exactly `columns`.
SPANLAB_API std::string fitted(std::string_view text, std::size_t columns);

/// `text` as a terminal may get it, in one line: line ends and tabs become blanks; other control characters,
/// which could move the cursor or name the window, those that turn the direction of writing, and bytes that
/// are no UTF-8 become U+FFFD.
SPANLAB_API std::string printable(std::string_view text);

}  // namespace spanlab::host
