// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/places.hpp"

namespace spanlab::host::app {

struct TokenizeOptions {
  std::optional<std::string> text;  ///< words, or the name of a file; else standard input is read
  std::string model = "minilm";
};

/// A sentence as an encoder gets it.
struct TokenizedSentence {
  std::string id;
  std::vector<std::string> words;
  std::vector<std::string> pieces;                         ///< `[CLS]` first, `[SEP]` last
  std::vector<std::int64_t> ids;                           ///< one per piece
  std::vector<std::pair<std::size_t, std::size_t>> spans;  ///< the pieces of each word
};

/// Cuts sentences into the pieces of a pretrained encoder.
std::vector<TokenizedSentence> tokenize(const TokenizeOptions& options, const Places& places,
                                        const Notes& notes);

}  // namespace spanlab::host::app
