// SPDX-License-Identifier: MIT
#include "text/shell_text.hpp"

#include <fmt/format.h>

#include "text/terminal_text.hpp"

namespace spanlab::host {

namespace {

constexpr std::string_view kPlain =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:+@%";

// Every byte that is not a plain letter as an octal escape, which bash reads in any locale.
std::string with_escapes(std::string_view text) {
  std::string word = "$'";
  for (char c : text) {
    if (kPlain.find(c) != kPlain.npos || c == ' ') {
      word += c;
    } else {
      word += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
  }
  return word + "'";
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return std::string(text);
  if (printable(text) != text) return with_escapes(text);
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

std::string path_word(const std::filesystem::path& path) {
  const std::string text = path.string();
  return text.starts_with('-') ? "./" + text : text;
}

std::string runs_words(const std::filesystem::path& runs) {
  return runs == "runs" ? "" : " --runs " + shell_word(path_word(runs));
}

}  // namespace spanlab::host
