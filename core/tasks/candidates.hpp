// SPDX-License-Identifier: MIT
#pragma once

#include "spanlab/batch.hpp"
#include "spanlab/candidates.hpp"

namespace spanlab::host {

/// Pairs of spans in a batch, before they are candidates: `pairs` index `spans`, sentence after sentence.
struct PlacedPairs {
  std::vector<PlacedSpan> spans;
  std::vector<Pair> pairs;
  std::vector<std::int64_t> offsets;     ///< [S+1] pairs per sentence
  std::vector<std::int64_t> types = {};  ///< as Candidates::types; empty: not known
};

/// The candidates of a span task, given sentence after sentence. `gold`: one annotation per sentence, or
/// empty.
SPANLAB_API Candidates span_candidates(const Batch& batch, std::vector<PlacedSpan> spans,
                                       std::vector<const Annotation*> gold);

/// The candidates of a tagging task: every word of the batch.
SPANLAB_API Candidates word_candidates(const Batch& batch, std::vector<const Annotation*> gold);

/// The candidates of a pair task. The context of a pair is the units strictly between its spans.
SPANLAB_API Candidates pair_candidates(const Batch& batch, PlacedPairs pairs,
                                       std::vector<const Annotation*> gold);

}  // namespace spanlab::host
