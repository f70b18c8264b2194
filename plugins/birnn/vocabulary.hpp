// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spanlab/annotation.hpp"

namespace spanlab::birnn {

/// The numbers of a vector are at most so many.
inline constexpr std::int64_t kWidestVector = 1 << 14;

/// Numbers of words and of characters (code points). Number 0 stands for what is unknown.
class Vocabulary {
 public:
  /// Words that occur at least `least` times in the training data, in alphabetical order, and all of its
  /// characters.
  static Vocabulary collect(std::span<const Sentence> training, bool lower, std::int64_t least);
  /// From what `text()` gave. Throws Error(data).
  static Vocabulary read(const std::string& text);
  std::string text() const;

  /// The word as it is, else lower-cased, else 0.
  std::int64_t word(std::string_view word) const;
  /// One number per code point, case kept.
  std::vector<std::int64_t> characters(std::string_view word) const;

  /// Adds a word if it is new.
  void add(const std::string& word);
  std::int64_t words() const { return static_cast<std::int64_t>(words_.size()) + 1; }
  std::int64_t characters() const { return static_cast<std::int64_t>(characters_.size()) + 1; }

  /// Of the words' vectors; kept beside them because a file of vectors decides it.
  std::int64_t vector_size = 0;
  /// Of the words' vectors where they are not trained, and so not stored; else empty.
  std::string vectors_digest;

 private:
  bool lower_ = false;
  std::vector<std::string> words_;
  std::vector<std::int32_t> characters_;
  std::unordered_map<std::string, std::int64_t> word_numbers_;
  std::unordered_map<std::int32_t, std::int64_t> character_numbers_;
};

/// Word vectors in GloVe's text form: a word and its numbers, separated by blanks or tabs, one a line. From
/// the second line on a word may hold blanks, as some of GloVe 840B do (`. . .`). A first line of two whole
/// numbers that say how many words of how many numbers follow, as fastText and gensim write it, is passed
/// over, as are blank lines at the end.
struct Vectors {
  std::vector<std::string> words;
  std::int64_t size = 0;
  std::vector<float> values;  ///< [words,size]
};

/// Throws Error(data) with file and line for an unreadable, compressed or empty file, text that is not UTF-8,
/// a number that is none, a line of another length, a word with two vectors, or other words than the first
/// line announces.
Vectors read_vectors(const std::filesystem::path& file);

/// 64-bit FNV-1a over the bit patterns of the numbers, as hexadecimal digits: tells a changed file, not a
/// forged one.
std::string digest_of(std::span<const float> values);

}  // namespace spanlab::birnn
