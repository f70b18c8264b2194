// SPDX-License-Identifier: MIT
#include "files/file_names.hpp"

#include <fmt/format.h>

#include "files/checksum.hpp"

namespace spanlab::host {
namespace {

constexpr std::size_t kLongest = 200;  // of 255 bytes: endings and temporary names need some
constexpr std::size_t kDigestDigits = 32;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("_.-+").find(c) != std::string_view::npos;
}

std::string encoded(std::string_view name, char separator) {
  std::string text;
  for (char c : name) {
    const bool leads = text.empty() && (c == '.' || c == '-');
    if (is_plain(c) && c != separator && !leads) {
      text += c;
    } else if (c >= 'A' && c <= 'Z') {
      text += {'~', static_cast<char>(c - 'A' + 'a')};
    } else {
      text += fmt::format("~{:03}", static_cast<unsigned char>(c));
    }
  }
  return text.empty() ? "~" : text;
}

std::string bounded(std::string text) {
  if (text.size() <= kLongest) return text;
  const std::string end = "~~" + sha256_of(text).substr(0, kDigestDigits);
  text.resize(kLongest - end.size());
  return text.substr(0, text.find_last_not_of("~0123456789") + 1) + end;  // not within the number of a byte
}

}  // namespace

std::string file_name_of(std::string_view name) { return bounded(encoded(name, '\0')); }

std::string file_name_of(const std::vector<std::string>& names, char separator) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += separator;
    text += encoded(name, separator);
  }
  return bounded(text);
}

}  // namespace spanlab::host
