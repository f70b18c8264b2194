// SPDX-License-Identifier: MIT
#include "birnn/vocabulary.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab::birnn {

namespace {

// Code points of UTF-8 text; a byte that belongs to none counts as U+FFFD.
std::vector<std::int32_t> code_points(std::string_view text) {
  std::vector<std::int32_t> points;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (utf8proc_ssize_t i = 0, size = static_cast<utf8proc_ssize_t>(text.size()); i < size;) {
    utf8proc_int32_t point = 0;
    utf8proc_ssize_t length = utf8proc_iterate(bytes + i, size - i, &point);
    points.push_back(length > 0 ? point : 0xfffd);
    i += std::max<utf8proc_ssize_t>(1, length);
  }
  return points;
}

std::string lower_cased(std::string_view text) {
  std::string lower;
  for (std::int32_t point : code_points(text)) {
    if (point == 0x130) {  // the only letter that becomes two, i and a dot above
      lower += "i\u0307";
      continue;
    }
    utf8proc_uint8_t bytes[4];
    lower.append(reinterpret_cast<const char*>(bytes), utf8proc_encode_char(utf8proc_tolower(point), bytes));
  }
  return lower;
}

// What stands between blanks.
std::vector<std::string_view> columns_of(std::string_view line) {
  std::vector<std::string_view> columns;
  for (std::size_t begin = 0; (begin = line.find_first_not_of(" \r", begin)) != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(" \r", begin), line.size());
    columns.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return columns;
}

// The finite number that the text is.
std::optional<float> number_in(std::string_view text) {
  float value = 0;
  const auto [next, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && next == text.data() + text.size() && std::isfinite(value);
  return good ? std::optional(value) : std::nullopt;
}

}  // namespace

Vocabulary Vocabulary::collect(std::span<const Sentence> training, bool lower, std::int64_t least) {
  std::map<std::string, std::int64_t> counts;
  std::set<std::int32_t> characters;
  for (const Sentence& sentence : training) {
    for (const std::string& word : sentence.words) {
      ++counts[lower ? lower_cased(word) : word];
      for (std::int32_t point : code_points(word)) characters.insert(point);
    }
  }
  Vocabulary vocabulary;
  vocabulary.lower_ = lower;
  for (const auto& [word, count] : counts) {
    if (count >= least) vocabulary.add(word);
  }
  for (std::int32_t point : characters) {
    vocabulary.characters_.push_back(point);
    vocabulary.character_numbers_.emplace(point, vocabulary.characters_.size());
  }
  return vocabulary;
}

Vocabulary Vocabulary::read(const std::string& text) {
  Vocabulary vocabulary;
  try {
    nlohmann::json node = nlohmann::json::parse(text);
    vocabulary.lower_ = node.at("lower").get<bool>();
    vocabulary.vector_size = node.at("vector_size").get<std::int64_t>();
    vocabulary.vectors_digest = node.value("vectors_digest", "");
    for (const std::string& word : node.at("words").get<std::vector<std::string>>()) vocabulary.add(word);
    vocabulary.characters_ = node.at("characters").get<std::vector<std::int32_t>>();
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::data, "", fmt::format("the stored vocabulary cannot be read: {}", error.what()));
  }
  for (std::size_t i = 0; i < vocabulary.characters_.size(); ++i) vocabulary.character_numbers_.emplace(vocabulary.characters_[i], i + 1);
  return vocabulary;
}

std::string Vocabulary::text() const {
  nlohmann::json node{{"lower", lower_}, {"vector_size", vector_size}, {"words", words_}, {"characters", characters_}};
  if (!vectors_digest.empty()) node["vectors_digest"] = vectors_digest;
  return node.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void Vocabulary::add(const std::string& word) {
  if (word_numbers_.emplace(word, words_.size() + 1).second) words_.push_back(word);
}

std::int64_t Vocabulary::word(std::string_view word) const {
  auto found = word_numbers_.find(std::string(word));
  if (found == word_numbers_.end()) found = word_numbers_.find(lower_cased(word));
  return found == word_numbers_.end() ? 0 : found->second;
}

std::vector<std::int64_t> Vocabulary::characters(std::string_view word) const {
  std::vector<std::int64_t> numbers;
  for (std::int32_t point : code_points(word)) {
    auto found = character_numbers_.find(point);
    numbers.push_back(found == character_numbers_.end() ? 0 : found->second);
  }
  return numbers;
}

Vectors read_vectors(const std::filesystem::path& file) {
  InputFile stream(file);
  Vectors vectors;
  std::string line;
  for (std::int64_t number = 1; std::getline(stream, line); ++number) {
    auto wrong = [&](const std::string& message) { return Error(ErrorKind::data, fmt::format("{}:{}", file.string(), number), message); };
    const std::vector<std::string_view> columns = columns_of(line);
    if (columns.size() < 2 || columns[0].data() != line.data()) throw wrong("expected a word and its numbers, separated by blanks");
    const std::size_t most = columns.size() - 1;
    if (vectors.size == 0) vectors.size = static_cast<std::int64_t>(most);
    const std::size_t size = static_cast<std::size_t>(vectors.size), first = columns.size() - std::min(most, size);
    for (std::size_t i = first; i < columns.size(); ++i) {
      const std::optional<float> value = number_in(columns[i]);
      if (!value) throw wrong(fmt::format("\"{}\" is not a number", columns[i].substr(0, 20)));
      vectors.values.push_back(*value);
    }
    // What else stands there is part of the word; but a number before the others makes the line too long.
    if (most < size || (first > 1 && number_in(columns[first - 1]))) throw wrong(fmt::format("expected {} numbers as in the lines before, got {}", size, most));
    vectors.words.push_back(line.substr(0, columns[first - 1].data() + columns[first - 1].size() - line.data()));
  }
  if (vectors.words.empty()) throw Error(ErrorKind::data, file.string(), "holds no word vectors");
  return vectors;
}

std::string digest_of(std::span<const float> values) {
  std::uint64_t digest = 0xcbf29ce484222325;
  for (const float value : values) digest = (digest ^ std::bit_cast<std::uint32_t>(value)) * 0x100000001b3;
  return fmt::format("{:016x}", digest);
}

}  // namespace spanlab::birnn
