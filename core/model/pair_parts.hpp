// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "model/batch.hpp"
#include "model/model.hpp"

namespace spanlab {

/// Pairs of predicted spans that go through a head together.
struct PairPart {
  Candidates candidates;
  std::vector<Pair> pairs;          ///< the candidates: rows of their spans
  std::vector<std::int64_t> rows;   ///< of each candidate: its number among all pairs in the sampler's order;
                                    ///< of all pairs by head, then tail
  std::vector<std::int64_t> spans;  ///< of each of their spans: which decision of the span task it is
};

/// Gives `visit` all pairs that the task's sampler names among the spans decided on, sentence by sentence, in
/// parts of at most `most` pairs (of one pair at least). A part holds whole sentences or a block of one
/// sentence's heads with a block of its tails, so that a part's spans are few too.
void pair_parts(const Batch& batch, const Task& task, const std::vector<Decision>& spans, std::int64_t most,
                const std::function<void(PairPart)>& visit);

}  // namespace spanlab
