// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "spanlab/export.hpp"
#include "spanlab/text_file.hpp"

namespace spanlab {

/// `text` with U+FFFD for each byte that is no UTF-8 (overlong forms and surrogates included). What comes
/// from outside (a log, a plugin's exception, a file's name, the environment) passes here where it enters,
/// for all that is written later is text. Errors do it for themselves.
SPANLAB_API std::string valid_utf8(std::string_view text);

/// The first `most` bytes of a longer text, cut between two characters, and an ellipsis: for messages.
SPANLAB_API std::string shortened(std::string_view text, std::size_t most);

/// What stands before the first line end: all of a message that LibTorch appends its stack to that speaks to
/// a user.
SPANLAB_API std::string first_line(std::string_view text);

}  // namespace spanlab
