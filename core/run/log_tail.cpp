// SPDX-License-Identifier: MIT
#include "run/log_tail.hpp"

#include <fstream>

#include "sdk/utf8.hpp"

namespace spanlab {

std::vector<std::string> log_tail(const std::filesystem::path& file, std::size_t count, std::uintmax_t from) {
  constexpr std::streamoff kMost = 1 << 16;
  constexpr std::size_t kLongestLine = 1000;
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return {};
  std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(static_cast<std::streamoff>(from), size - kMost));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.size() > kLongestLine) line = line.substr(0, kLongestLine) + "…";
    line = valid_utf8(line);
    for (char& c : line) {
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    }
    if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(std::move(line));
  }
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

}  // namespace spanlab
