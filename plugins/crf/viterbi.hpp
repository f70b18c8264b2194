// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace spanlab::crf {

/// A sequence of tags and its score: start[y1] + Σ emissions[t][y_t] + Σ transitions[y_t][y_t+1] + end[y_T].
struct Path {
  std::vector<std::int64_t> tags;
  double score = 0;
};

/// Whether an `I` may follow anything, or only what it can continue (tags.hpp).
enum class Steps { all, legal };

/// What a linear chain is scored with, in double precision: `emissions` [T,K], T > 0; `transitions` [K,K],
/// row = from; `start`, `end` [K].
struct Chain {
  at::Tensor emissions, transitions, start, end;
};

/// The best path; of equal ones the lowest tag, at the end and at every step back.
Path viterbi(const Chain& chain, Steps steps);

/// Logarithm of the sum over all sequences, legal or not, of e^score.
double log_partition(const Chain& chain);

}  // namespace spanlab::crf
