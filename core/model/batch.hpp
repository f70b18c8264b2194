// SPDX-License-Identifier: MIT
#pragma once

#include <c10/core/Device.h>

#include <span>

#include "spanlab/batch.hpp"
#include "spanlab/candidates.hpp"

namespace spanlab {

/// A sentence and how the model's encoder reads it.
struct Item {
  const Sentence* sentence = nullptr;
  const EncodedSentence* encoded = nullptr;
};

/// Lays sentences end to end. Tensors go to `device`; the items must outlive the batch.
SPANLAB_API Batch make_batch(std::span<const Item> items, at::Device device = at::kCPU);

/// Pairs of spans in a batch, before they are candidates: `pairs` index `spans`, sentence after sentence.
struct PlacedPairs {
  std::vector<PlacedSpan> spans;
  std::vector<Pair> pairs;
  std::vector<std::int64_t> offsets;  ///< [S+1] pairs per sentence
};

/// The candidates of a span task, given sentence after sentence. `gold`: one annotation per sentence, or empty.
SPANLAB_API Candidates span_candidates(const Batch& batch, std::vector<PlacedSpan> spans, std::vector<const Annotation*> gold);

/// The candidates of a pair task. The context of a pair is the units strictly between its spans.
SPANLAB_API Candidates pair_candidates(const Batch& batch, PlacedPairs pairs, std::vector<const Annotation*> gold);

}  // namespace spanlab
