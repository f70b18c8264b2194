// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "spanlab/batch.hpp"
#include "host.hpp"

namespace spanlab::test {

/// A batch over encoded sentences that it owns; it has no words and no annotation.
struct MadeBatch {
  explicit MadeBatch(std::vector<EncodedSentence> given)
      : encoded(std::move(given)), sentences(encoded.size()) {
    std::vector<std::int64_t> ids, positions;
    batch.unit_offsets = {0};
    batch.word_offsets = {0};
    for (std::size_t s = 0; s < encoded.size(); ++s) {
      const std::int64_t start = static_cast<std::int64_t>(ids.size());
      batch.sentences.push_back(&sentences[s]);
      batch.encoded.push_back(&encoded[s]);
      for (std::size_t i = 0; i < encoded[s].ids.size(); ++i) {
        ids.push_back(encoded[s].ids[i]);
        positions.push_back(static_cast<std::int64_t>(i));
      }
      for (const Rows& word : encoded[s].words)
        batch.word_units.push_back({start + word.begin, start + word.end});
      batch.unit_offsets.push_back(static_cast<std::int64_t>(ids.size()));
      batch.word_offsets.push_back(static_cast<std::int64_t>(batch.word_units.size()));
    }
    batch.ids = at::tensor(ids, at::kLong);
    batch.positions = at::tensor(positions, at::kLong);
  }
  MadeBatch(const MadeBatch&) = delete;

  std::vector<EncodedSentence> encoded;
  std::vector<Sentence> sentences;
  Batch batch;
};

}  // namespace spanlab::test
