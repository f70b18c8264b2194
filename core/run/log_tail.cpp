// SPDX-License-Identifier: MIT
#include "run/log_tail.hpp"

#include <fstream>

#include "sdk/utf8.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {

std::vector<std::string> log_tail(const std::filesystem::path& file, std::size_t count, std::uintmax_t from) {
  constexpr std::streamoff kMost = 1 << 16;
  constexpr std::size_t kLongestLine = 1000;
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(file, unknown)) return {};  // a pipe would be waited for
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return {};
  std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(static_cast<std::streamoff>(from), size - kMost));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    line = shortened(line, kLongestLine);
    line = printable(line);
    if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(std::move(line));
  }
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

}  // namespace spanlab::host
