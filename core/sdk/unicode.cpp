// SPDX-License-Identifier: MIT
#include "sdk/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <new>
#include <utility>

namespace spanlab::unicode {

namespace {

constexpr std::pair<char32_t, char32_t> kUnassigned[] = {
#include "sdk/unicode_14.inc"
};

utf8proc_category_t category(char32_t code_point) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

bool between(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

bool is_unassigned(char32_t code_point) {
  const auto* range =
      std::ranges::lower_bound(kUnassigned, code_point, {}, &std::pair<char32_t, char32_t>::second);
  return range != std::end(kUnassigned) && range->first <= code_point;
}

}  // namespace

std::u32string decode(std::string_view utf8) {
  std::u32string text;
  text.reserve(utf8.size());
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  for (std::size_t at = 0; at < utf8.size();) {
    utf8proc_int32_t code_point = 0;
    const auto size =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(utf8.size() - at), &code_point);
    text += size > 0 ? static_cast<char32_t>(code_point) : U'\uFFFD';
    at += size > 0 ? static_cast<std::size_t>(size) : 1;
  }
  return text;
}

void append(std::string& utf8, char32_t code_point) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
  utf8.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::string encode(std::u32string_view text) {
  std::string utf8;
  for (char32_t code_point : text) append(utf8, code_point);
  return utf8;
}

bool is_other(char32_t c) {
  if (c < 0x80) return c < 0x20 || c == 0x7F;
  switch (category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
      return true;
    default:
      return is_unassigned(c);
  }
}

bool is_space(char32_t c) { return category(c) == UTF8PROC_CATEGORY_ZS; }

bool is_punctuation(char32_t c) {
  if (c < 0x80) return between(c, 33, 47) || between(c, 58, 64) || between(c, 91, 96) || between(c, 123, 126);
  return between(category(c), UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO);
}

bool is_nonspacing_mark(char32_t c) { return category(c) == UTF8PROC_CATEGORY_MN; }
bool is_letter(char32_t c) { return between(category(c), UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO); }
bool is_lower(char32_t c) { return category(c) == UTF8PROC_CATEGORY_LL; }
bool is_upper(char32_t c) { return category(c) == UTF8PROC_CATEGORY_LU; }
bool is_cased(char32_t c) { return between(category(c), UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LT); }
bool is_digit(char32_t c) { return between(category(c), UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO); }

bool is_ideograph(char32_t c) {
  return between(c, 0x4E00, 0x9FFF) || between(c, 0x3400, 0x4DBF) || between(c, 0x20000, 0x2A6DF) ||
         between(c, 0x2A700, 0x2B73F) || between(c, 0x2B740, 0x2B81F) || between(c, 0x2B820, 0x2CEAF) ||
         between(c, 0xF900, 0xFAFF) || between(c, 0x2F800, 0x2FA1F);
}

std::u32string lower(std::u32string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (char32_t c : text) {
    if (c == 0x130) {
      result += U"i\u0307";
    } else {
      result += static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
    }
  }
  return result;
}

std::u32string normalise(std::u32string_view text, Form form) {
  const auto steps = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | (form == Form::composed ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE));
  // No canonical decomposition is longer than four code points.
  std::u32string result(4 * text.size(), U'\0');
  auto* buffer = reinterpret_cast<utf8proc_int32_t*>(result.data());
  const std::string utf8 = encode(text);
  const auto length = utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
                                         static_cast<utf8proc_ssize_t>(utf8.size()), buffer,
                                         static_cast<utf8proc_ssize_t>(result.size()), steps);
  const auto final_length = form == Form::composed ? utf8proc_normalize_utf32(buffer, length, steps) : length;
  result.resize(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(final_length, 0)));
  return result;
}

}  // namespace spanlab::unicode
