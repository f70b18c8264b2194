// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace spanlab::cli {

/// `first` and then the words of `text`, broken before `columns`; further lines begin below the first word.
void print_hanging(std::ostream& out, std::string_view first, std::string_view text, int columns);

}  // namespace spanlab::cli
