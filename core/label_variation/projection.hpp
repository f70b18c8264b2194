// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A word as it is meant where treebanks name a bracket or a quote (-LRB-, ``).
SPANLAB_API std::string_view spelling(std::string_view word);

/// Carries positions in a text over to the words of another version of it. The letters of both are aligned by
/// their longest common subsequence, blanks left aside; brackets and quotes may be written as treebanks do
/// (-LRB-, ``).
class SPANLAB_API Projection {
 public:
  Projection(std::string_view text, std::span<const std::string> words);

  /// The words that hold the letters of bytes [begin, end) of the text: from the first to the last that has a
  /// counterpart. Nothing if none has.
  std::optional<Span> words_of(std::size_t begin, std::size_t end) const;

 private:
  std::vector<std::size_t> offsets_;  // of each letter of the text
  std::vector<std::int32_t> word_;    // the word that holds its counterpart, or -1
};

}  // namespace spanlab::host
