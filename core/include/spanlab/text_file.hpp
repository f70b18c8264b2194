// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

// Files of text that people or other programs wrote: what enters is UTF-8, or the error says what it is and
// what to do.

namespace spanlab {

/// The whole file without a byte order mark, known to be UTF-8. A problem and an empty text if it does not
/// exist, cannot be read, is empty, compressed, UTF-16 or no UTF-8 (with line and column of the byte).
SPANLAB_API std::string read_text(const std::filesystem::path& file, std::vector<Problem>& problems);

/// The same as read_text of bytes that are there already, as standard input; `file` names them in messages.
SPANLAB_API std::string checked_text(std::string bytes, const std::filesystem::path& file,
                                     std::vector<Problem>& problems);

/// Where the first byte that is no UTF-8 stands, or npos.
SPANLAB_API std::size_t find_invalid_utf8(std::string_view text);

/// `file:line:column` of the byte at `offset`, both from 1, columns in bytes; the text begins at
/// `first_line`.
SPANLAB_API std::string place_in(const std::filesystem::path& file, std::string_view text, std::size_t offset,
                                 std::int64_t first_line = 1);

}  // namespace spanlab
