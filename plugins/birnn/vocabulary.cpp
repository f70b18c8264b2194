// SPDX-License-Identifier: MIT
#include "birnn/vocabulary.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "spanlab/error.hpp"
#include "spanlab/json_text.hpp"

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
  check_json_text(text, "the stored vocabulary");
  try {
    nlohmann::json node = nlohmann::json::parse(text);
    vocabulary.lower_ = node.at("lower").get<bool>();
    vocabulary.vector_size = node.at("vector_size").get<std::int64_t>();
    if (vocabulary.vector_size < 1 || vocabulary.vector_size > kWidestVector) {
      throw Error(ErrorKind::data, "",
                  fmt::format("the stored vocabulary has vectors of {} numbers, expected 1 to {}",
                              vocabulary.vector_size, kWidestVector));
    }
    vocabulary.vectors_digest = node.value("vectors_digest", "");
    for (const std::string& word : node.at("words").get<std::vector<std::string>>()) vocabulary.add(word);
    vocabulary.characters_ = node.at("characters").get<std::vector<std::int32_t>>();
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::data, "", fmt::format("the stored vocabulary cannot be read: {}", error.what()));
  }
  for (std::size_t i = 0; i < vocabulary.characters_.size(); ++i)
    vocabulary.character_numbers_.emplace(vocabulary.characters_[i], i + 1);
  return vocabulary;
}

std::string Vocabulary::text() const {
  nlohmann::json node{
      {"lower", lower_}, {"vector_size", vector_size}, {"words", words_}, {"characters", characters_}};
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

}  // namespace spanlab::birnn
