// SPDX-License-Identifier: MIT
#include "sdk/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <istream>

#include "sdk/problem_list.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// What the first bytes say a file is that holds no UTF-8 text, and the way out; empty if they say nothing.
std::string other_form(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  if (bytes.starts_with("\x1f\x8b"sv)) return "is compressed: unpack it with gunzip";
  if (bytes.starts_with("PK\x03\x04"sv)) return "is a zip archive: unpack it";
  if (bytes.starts_with("\xfd"
                        "7zXZ"sv)) {
    return "is compressed: unpack it with unxz";
  }
  const bool wide = bytes.size() > 3 && (bytes[0] == '\0') != (bytes[1] == '\0') &&
                    (bytes[2] == '\0') != (bytes[3] == '\0');
  if (wide || bytes.starts_with("\xff\xfe"sv) || bytes.starts_with("\xfe\xff"sv)) {
    return "is UTF-16: convert it, for instance by iconv -f utf-16 -t utf-8";
  }
  return "";
}

}  // namespace

std::string place_in(const fs::path& file, std::string_view text, std::size_t offset,
                     std::int64_t first_line) {
  const std::string_view before = text.substr(0, offset);
  const std::int64_t line = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == before.npos ? 0 : start + 1);
  return fmt::format("{}:{}:{}", file.string(), first_line + line, column + 1);
}

std::string checked_text(std::string bytes, const fs::path& file, std::vector<Problem>& problems) {
  if (const std::string form = other_form(bytes); !form.empty()) {
    problems.push_back({file.string(), form});
    return "";
  }
  if (bytes.starts_with(kByteOrderMark)) bytes.erase(0, kByteOrderMark.size());
  const std::size_t wrong = find_invalid_utf8(bytes);
  if (wrong == std::string::npos) return bytes;
  const auto byte = static_cast<unsigned char>(bytes[wrong]);
  add_problem(
      problems, place_in(file, bytes, wrong),
      fmt::format("is not UTF-8: byte 0x{:02X}; convert it, for instance by iconv -f latin1 -t utf-8", byte));
  return "";
}

std::string read_all(std::istream& stream, const fs::path& file, std::size_t most,
                     std::vector<Problem>& problems) {
  std::string bytes;
  std::array<char, 1 << 16> buffer;
  while (bytes.size() <= most && (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0)) {
    bytes.append(buffer.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) {
    problems.push_back({file.string(), "cannot be read to its end"});
  } else if (bytes.size() > most) {
    problems.push_back({file.string(), fmt::format("holds more than {} bytes, the most that is read", most)});
  } else {
    return bytes;
  }
  return "";
}

std::string read_text(const fs::path& file, std::vector<Problem>& problems) {
  if (!check_input(file, problems)) return "";
  InputFile stream(file);
  std::error_code error;
  const bool regular = fs::is_regular_file(file, error);
  const std::size_t before = problems.size();
  std::string bytes = read_all(stream, file, regular ? std::string::npos - 1 : kLargestStream, problems);
  if (problems.size() > before) return "";
  if (bytes.empty()) problems.push_back({file.string(), "is empty"});
  return checked_text(std::move(bytes), file, problems);
}

}  // namespace spanlab
