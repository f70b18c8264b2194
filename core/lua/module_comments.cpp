// SPDX-License-Identifier: MIT
#include "lua/module_comments.hpp"

#include <algorithm>
#include <cctype>

namespace spanlab::host::lua {

namespace {

constexpr std::string_view kMark = "--";

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_comment(std::string_view line) { return trimmed(line).starts_with(kMark); }

std::string_view without_mark(std::string_view line) {
  line = trimmed(line);
  return trimmed(line.substr(std::min(line.find_first_not_of('-'), line.size())));
}

void append(std::string& text, std::string_view line) {
  if (!text.empty() && !line.empty()) text += ' ';
  text += line;
}

// True if `line` goes on with `=` after `name`.
bool assigns(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return false;
  line = trimmed(line.substr(name.size()));
  return line.starts_with('=') && !line.starts_with("==");
}

}  // namespace

ModuleComments::ModuleComments(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines_.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string ModuleComments::at_top() const {
  std::string text;
  for (const std::string& line : lines_) {
    if (!is_comment(line)) break;
    const std::string_view words = without_mark(line);
    if (!words.starts_with("SPDX-")) append(text, words);
  }
  return text;
}

std::string ModuleComments::above(int line) const {
  std::size_t end = std::min(static_cast<std::size_t>(std::max(line - 1, 0)), lines_.size());
  std::size_t begin = end;
  while (begin > 0 && is_comment(lines_[begin - 1])) --begin;
  std::string text;
  for (; begin < end; ++begin) append(text, without_mark(lines_[begin]));
  return text;
}

std::string ModuleComments::above_entry(std::string_view name) const {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::string_view line = trimmed(lines_[i]);
    const std::size_t dot = line.find('.');
    if (dot != line.npos && assigns(line.substr(dot + 1), name)) return above(static_cast<int>(i) + 1);
  }
  return {};
}

std::string ModuleComments::beside(std::string_view name) const {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::string_view line = trimmed(lines_[i]);
    if (!assigns(line, name)) continue;
    const std::size_t mark = line.find(kMark);
    const std::string found =
        mark == line.npos ? above(static_cast<int>(i) + 1) : std::string(without_mark(line.substr(mark)));
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace spanlab::host::lua
