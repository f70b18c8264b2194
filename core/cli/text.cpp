// SPDX-License-Identifier: MIT
#include "cli/text.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

void print_hanging(std::ostream& out, std::string_view first, std::string_view text, int columns) {
  const auto width = static_cast<std::size_t>(std::max(columns, 40));
  const std::size_t indent = std::min(first.size(), width / 2);
  std::size_t at = first.size();
  bool begins = true;
  out << first;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word; begins = false) {
    if (!begins && at + 1 + word.size() > width) {
      out << '\n' << std::string(indent, ' ');
      at = indent;
      begins = true;
    }
    out << (begins ? "" : " ") << word;
    at += word.size() + (begins ? 0 : 1);
  }
  out << '\n';
}

std::string printable_lines(std::string_view text) {
  std::string result;
  while (true) {
    const std::size_t end = text.find('\n');
    result += printable(text.substr(0, end));
    if (end == text.npos) return result;
    result += '\n';
    text.remove_prefix(end + 1);
  }
}

std::string printed(const nlohmann::ordered_json& value) {
  return value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace spanlab::host::cli
