// SPDX-License-Identifier: MIT
#include "run/log_tail.hpp"

#include <fstream>

namespace spanlab {

std::vector<std::string> log_tail(const std::filesystem::path& file, std::size_t count, std::uintmax_t from) {
  constexpr std::streamoff kMost = 1 << 16;
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return {};
  std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(static_cast<std::streamoff>(from), size - kMost));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    for (char& c : line) {
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    }
    if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(std::move(line));
  }
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

}  // namespace spanlab
