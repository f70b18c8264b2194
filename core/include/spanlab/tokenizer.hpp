// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

enum class Casing { cased, uncased };

/// BERT's tokenizer: cleaning, ideographs, accents, punctuation, then greedy longest-match-first WordPiece.
/// The exact rules stand in tests/text (parity fixtures) and follow the reference fast tokenizer.
class SPANLAB_API WordPiece {
 public:
  /// Reads one piece a line. Throws Error(data) with file and line for an unreadable or empty file, a duplicate piece or a
  /// missing special piece.
  WordPiece(const std::filesystem::path& vocabulary, Casing casing);
  ~WordPiece();
  WordPiece(WordPiece&&) noexcept;

  /// Ids of a word or of any raw text, without `[CLS]` and `[SEP]`. May be empty.
  std::vector<std::int64_t> encode(std::string_view text) const;
  const std::string& piece(std::int64_t id) const;
  std::int64_t size() const;
  std::int64_t unknown() const;    ///< `[UNK]`
  std::int64_t begin() const;      ///< `[CLS]`
  std::int64_t end() const;        ///< `[SEP]`

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace spanlab
