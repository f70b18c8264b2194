// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "tasks/candidates.hpp"
#include "tasks/task.hpp"

namespace spanlab::host {

/// Pairs of spans that were decided on, as many as go through a head together.
struct PairChunk {
  Candidates candidates;
  std::vector<Pair> pairs;          ///< the candidates: rows of their spans
  std::vector<std::int64_t> rows;   ///< of each candidate: its number among all that the sampler names
  std::vector<std::int64_t> spans;  ///< of each of their spans: which decision about spans it is
};

/// Gives `visit` all pairs that the task's sampler names among the spans decided on, sentence by sentence, in
/// chunks of at most `most` pairs (of one pair at least). Where the sampler lists none, pairs are counted by
/// head, then tail. A chunk holds whole sentences or a block of one sentence's heads with a block of its
/// tails, so that a chunk's spans are few too.
SPANLAB_API void pair_chunks(const Batch& batch, const Task& task, std::span<const Decision> spans,
                             std::int64_t most, const std::function<void(PairChunk)>& visit);

}  // namespace spanlab::host
