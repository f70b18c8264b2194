// SPDX-License-Identifier: MIT
// Files of word vectors.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "birnn/vocabulary.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"
#include "spanlab/text_file.hpp"

namespace spanlab::birnn {

namespace {

constexpr std::string_view kBlanks = " \t\r";

// What stands between blanks.
std::vector<std::string_view> columns_of(std::string_view line) {
  std::vector<std::string_view> columns;
  for (std::size_t begin = 0; (begin = line.find_first_not_of(kBlanks, begin)) != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    columns.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return columns;
}

// The finite number that the text is; one too small for single precision is 0.
std::optional<float> number_in(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  float value = 0;
  const auto [next, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (next != text.data() + text.size()) return std::nullopt;
  if (error == std::errc() && std::isfinite(value)) return value;
  // Beyond the range, above or below; strtod tells which.
  if (error == std::errc::result_out_of_range &&
      std::abs(std::strtod(std::string(text).c_str(), nullptr)) < 1) {
    return 0.0f;
  }
  return std::nullopt;
}

// The whole number from 1 that the text is.
std::optional<std::int64_t> count_in(std::string_view text) {
  std::int64_t value = 0;
  const auto [next, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && next == text.data() + text.size() && value > 0;
  return good ? std::optional(value) : std::nullopt;
}

bool is_text(std::string_view line) {
  return find_invalid_utf8(line) == line.npos && line.find('\0') == line.npos;
}

/// Reads a file of vectors line by line; the same mistake in a million lines is told a few times.
class VectorsReader {
 public:
  explicit VectorsReader(const std::filesystem::path& file) : file_(file) {}

  Vectors read() {
    InputFile stream(file_);
    for (std::string line; std::getline(stream, line); ++number_) {
      if (number_ == 1) refuse_packed(line);
      if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      add(line);
      if (problems_.size() > kProblems) break;
    }
    if (problems_.empty()) finish();
    if (!problems_.empty()) throw Error(ErrorKind::data, std::move(problems_));
    return std::move(vectors_);
  }

 private:
  static constexpr std::size_t kProblems = 20;

  void wrong(std::int64_t line, const std::string& message) {
    problems_.push_back({fmt::format("{}:{}", file_.string(), line), message});
  }

  void refuse_packed(std::string_view line) const {
    const bool packed = line.starts_with("\x1F\x8B") || line.starts_with("PK\3\4") ||
                        line.starts_with("\xFD\x37zXZ") || line.substr(0, 10).ends_with("1AY&SY");
    if (!packed) return;
    throw Error(ErrorKind::data, file_.string(), "is compressed: unpack it first");
  }

  void add(const std::string& line) {
    if (line.find_first_not_of(kBlanks) == line.npos) {  // only at the end
      if (blank_ == 0) blank_ = number_;
      return;
    }
    if (blank_ > 0) {
      wrong(std::exchange(blank_, 0),
            "expected a word and its numbers, separated by blanks, got a blank line");
    }
    if (!is_text(line)) return not_text();
    const std::vector<std::string_view> columns = columns_of(line);
    if (number_ == 1 && columns.size() == 2 && count_in(columns[0]) && count_in(columns[1])) {
      header_ = Header{*count_in(columns[0]), *count_in(columns[1])};
      first_line_ = line;
      return;
    }
    if (number_ == 2 && header_) decide_header(std::ssize(columns) - 1);
    add_vector(line, columns, number_);
  }

  // By the second line: either its numbers are as many as the first one says, or that was a word and its only
  // number.
  void decide_header(std::int64_t numbers) {
    const bool fits = numbers == header_->size ||
                      (header_->size > 1 && numbers > header_->size);  // more: the word holds blanks
    if (fits) {
      vectors_.size = header_->size;
      return;
    }
    header_.reset();
    add_vector(first_line_, columns_of(first_line_), 1);
  }

  void not_text() {
    if (header_ && number_ == 2) {
      throw Error(ErrorKind::data, file_.string(),
                  "is in word2vec's binary form; save it as text: python3 -c \"from gensim.models import "
                  "KeyedVectors; "
                  "KeyedVectors.load_word2vec_format('IN', binary=True).save_word2vec_format('OUT')\"");
    }
    wrong(number_,
          "is not UTF-8 text, so that its word would never be met; convert the file (iconv -f latin1 -t "
          "utf-8), or leave such bytes out "
          "(iconv -c -f utf-8 -t utf-8)");
  }

  void add_vector(std::string_view line, const std::vector<std::string_view>& columns, std::int64_t number) {
    if (columns.size() < 2 || columns[0].data() != line.data()) {
      return wrong(number, columns.size() < 2
                               ? "expected a word and its numbers, separated by blanks"
                               : "begins with a blank: expected a word and its numbers, separated by blanks");
    }
    const std::size_t most = columns.size() - 1;
    if (vectors_.size == 0) vectors_.size = static_cast<std::int64_t>(most);
    if (vectors_.size > kWidestVector) {
      throw Error(ErrorKind::data, fmt::format("{}:{}", file_.string(), number),
                  fmt::format("expected at most {} numbers, got {}", kWidestVector, most));
    }
    const std::size_t size = static_cast<std::size_t>(vectors_.size),
                      first = columns.size() - std::min(most, size);
    for (std::size_t i = first; i < columns.size(); ++i) {
      const std::optional<float> value = number_in(columns[i]);
      if (!value) return wrong(number, fmt::format("\"{}\" is not a number", columns[i].substr(0, 20)));
      vectors_.values.push_back(*value);
    }
    // What else stands there is part of the word; but a number before the others makes the line too long.
    if (most < size || (first > 1 && number_in(columns[first - 1]))) {
      return wrong(number, fmt::format("expected {} numbers as in the lines before, got {}", size, most));
    }
    vectors_.words.emplace_back(
        line.substr(0, columns[first - 1].data() + columns[first - 1].size() - line.data()));
    lines_.push_back(number);
  }

  void finish() {
    if (vectors_.words.empty()) throw Error(ErrorKind::data, file_.string(), "holds no word vectors");
    if (header_ && header_->words != std::ssize(vectors_.words)) {
      wrong(1, fmt::format("announces {} words, but {} follow: the file is cut off, or was changed; "
                           "if that is meant, remove line 1 (tail -n +2)",
                           header_->words, vectors_.words.size()));
    }
    find_repeated();
  }

  // By hash first: a file may have millions of words, and a second table of them would not be small.
  void find_repeated() {
    std::vector<std::pair<std::size_t, std::size_t>> hashes;
    hashes.reserve(vectors_.words.size());
    for (std::size_t i = 0; i < vectors_.words.size(); ++i)
      hashes.emplace_back(std::hash<std::string>()(vectors_.words[i]), i);
    std::ranges::sort(hashes);
    const auto vector = [&](std::size_t i) {
      return std::span(vectors_.values).subspan(i * vectors_.size, vectors_.size);
    };
    for (std::size_t i = 1; i < hashes.size() && problems_.size() <= kProblems; ++i) {
      const std::size_t before = hashes[i - 1].second, now = hashes[i].second;
      if (hashes[i].first != hashes[i - 1].first || vectors_.words[before] != vectors_.words[now] ||
          std::ranges::equal(vector(before), vector(now))) {
        continue;
      }
      wrong(
          lines_[now],
          fmt::format(
              "word '{}' has another vector in line {}; keep one of them (awk '!seen[$1]++' keeps the first)",
              vectors_.words[now], lines_[before]));
    }
  }

  struct Header {
    std::int64_t words;
    std::int64_t size;
  };

  const std::filesystem::path& file_;
  Vectors vectors_;
  std::vector<std::int64_t> lines_;  // of each word
  // The first line of fastText's and gensim's files: how many words, and how many numbers each.
  std::optional<Header> header_;
  std::string first_line_;
  std::int64_t number_ = 1;
  std::int64_t blank_ = 0;  // the first of blank lines that nothing follows so far
  std::vector<Problem> problems_;
};

}  // namespace

Vectors read_vectors(const std::filesystem::path& file) { return VectorsReader(file).read(); }

std::string digest_of(std::span<const float> values) {
  std::uint64_t digest = 0xcbf29ce484222325;
  for (const float value : values) digest = (digest ^ std::bit_cast<std::uint32_t>(value)) * 0x100000001b3;
  return fmt::format("{:016x}", digest);
}

}  // namespace spanlab::birnn
