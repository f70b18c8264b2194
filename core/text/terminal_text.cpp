// SPDX-License-Identifier: MIT
#include "text/terminal_text.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace spanlab::host {

namespace {

// Length in bytes and columns of the first character; a byte that is no UTF-8 counts as one character.
std::pair<std::size_t, std::size_t> first_character(std::string_view text) {
  utf8proc_int32_t code = 0;
  utf8proc_ssize_t bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                            static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (bytes <= 0) return {1, 1};
  return {static_cast<std::size_t>(bytes), static_cast<std::size_t>(utf8proc_charwidth(code))};
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    auto [bytes, width] = first_character(text);
    columns += width;
    text.remove_prefix(bytes);
  }
  return columns;
}

std::string cut(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t used = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    auto [bytes, width] = first_character(text.substr(end));
    if (used + width > columns - 1) break;
    used += width;
    end += bytes;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t code = 0;
    const utf8proc_ssize_t bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                    static_cast<utf8proc_ssize_t>(text.size()), &code);
    const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    if (code >= '\t' && code <= '\r') {
      result += ' ';
    } else if (bytes <= 0 || code < 0x20 || (code >= 0x7F && code < 0xA0) || turns) {
      result += "\uFFFD";
    } else {
      result += text.substr(0, static_cast<std::size_t>(bytes));
    }
    text.remove_prefix(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(bytes, 1)));
  }
  return result;
}

std::string fitted(std::string_view text, std::size_t columns) {
  std::string result = cut(text, columns);
  return result + std::string(columns - std::min(columns, display_width(result)), ' ');
}

}  // namespace spanlab::host
