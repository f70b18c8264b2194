// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace spanlab::host::cli {

/// `first` and then the words of `text`, broken before `columns`; further lines begin below the first word.
void print_hanging(std::ostream& out, std::string_view first, std::string_view text, int columns);

/// The text as a terminal may get it, line by line: what is in a line could move the cursor; line ends are
/// ours.
std::string printable_lines(std::string_view text);

/// JSON as commands print it. Names of files, which may be any bytes, have U+FFFD where they are no UTF-8.
std::string printed(const nlohmann::ordered_json& value);

}  // namespace spanlab::host::cli
