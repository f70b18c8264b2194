// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <span>
#include <unordered_map>

#include "model/batch.hpp"
#include "spanlab/encoder.hpp"

namespace spanlab {

/// What an encoder makes of sentences, packed end to end in their order: `units` [U,H], `sentences` [S,H]. Evaluation mode, no
/// gradients. A batch takes sentences as they come, up to `units` units.
SPANLAB_API Features encode_features(Encoder& encoder, std::span<const Item> items, at::Device device = at::kCPU, std::int64_t units = 1024);

/// Features that were computed before, found by the sentence's encoding (by address: the encodings must outlive the table).
class SPANLAB_API FeatureTable {
 public:
  /// `features` of `items`, packed as encode_features has them. Their memory is shared.
  void add(std::span<const Item> items, Features features);

  /// True if every sentence of the batch is here.
  bool contains(const Batch& batch) const;

  /// Features of the batch, copied together. Every sentence must be here.
  Features of(const Batch& batch) const;

 private:
  struct Place {
    const Features* block;
    Rows units;
    std::int64_t sentence;
  };
  std::deque<Features> blocks_;
  std::unordered_map<const EncodedSentence*, Place> places_;
};

}  // namespace spanlab
