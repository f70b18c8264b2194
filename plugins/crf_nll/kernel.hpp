// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace spanlab {

/// Over which tag sequences the partition runs: all, or those in which I-X follows B-X or I-X and never
/// stands first.
enum class Sequences { all, legal };

/// The scores of a linear-chain CRF over K tags (tags.hpp): emissions [W,K], transitions [K,K] (row = from),
/// start and end [K].
struct CrfScores {
  at::Tensor emissions;
  at::Tensor transitions;
  at::Tensor start;
  at::Tensor end;
};

/// -log of the probability of each sentence's tags (Lafferty et al. 2001): log partition minus the score of
/// `tags` [W] int64. `offsets` [S+1] bound the sentences; an empty one has 0 → [S]. Computed in double
/// precision; the gradient, found on the way by the forward-backward algorithm, reaches all four scores.
at::Tensor crf_nll(const CrfScores& scores, const at::Tensor& tags, std::span<const std::int64_t> offsets,
                   Sequences sequences);

}  // namespace spanlab
