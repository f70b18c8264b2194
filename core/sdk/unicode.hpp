// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"

// Code points and their properties. Bytes that are no UTF-8 are read as U+FFFD.

namespace spanlab::unicode {

SPANLAB_API std::u32string decode(std::string_view utf8);
void append(std::string& utf8, char32_t code_point);
SPANLAB_API std::string encode(std::u32string_view text);

/// Category C*: control, format, surrogate, private, and unassigned in Unicode 14, the version of the
/// reference tokenizer; fixed, so that a newer Unicode library does not change the pieces of a text.
SPANLAB_API bool is_other(char32_t code_point);
/// Category Zs.
bool is_space(char32_t code_point);
/// The ASCII signs (also those of category S*) and category P*.
bool is_punctuation(char32_t code_point);
/// Category Mn.
bool is_nonspacing_mark(char32_t code_point);
bool is_letter(char32_t code_point);
bool is_lower(char32_t code_point);
bool is_upper(char32_t code_point);
/// Lower, upper or title case.
bool is_cased(char32_t code_point);
/// Category N*.
bool is_digit(char32_t code_point);
/// The blocks that BERT takes for Chinese characters.
bool is_ideograph(char32_t code_point);

/// Lower case by code point; U+0130 becomes two.
std::u32string lower(std::u32string_view text);

enum class Form { composed, decomposed };
/// NFC or NFD.
SPANLAB_API std::u32string normalise(std::u32string_view text, Form form);

}  // namespace spanlab::unicode
