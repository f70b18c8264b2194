// SPDX-License-Identifier: MIT
#include "ranking/kernel.hpp"

#include <ATen/ATen.h>

namespace spanlab {

namespace {

// log(1 + exp(x)); ATen's softplus becomes x above 20.
at::Tensor soft_plus(const at::Tensor& x) { return -at::log_sigmoid(-x); }

}  // namespace

at::Tensor ranking(const at::Tensor& scores, const at::Tensor& gold, const at::Tensor& known,
                   const RankingMargins& margins) {
  const at::Tensor right = gold.to(scores.scalar_type());
  const at::Tensor first = (soft_plus(margins.gamma * (margins.positive - scores)) * right).sum(1);
  // The highest score of a wrong type, and no other: below every score, the known ones cannot take its
  // gradient. Where there is none the term is taken out.
  const at::Tensor below = scores.detach().amin(1, /*keepdim=*/true) - 1;
  const at::Tensor strongest = std::get<0>(at::where(known, below, scores).max(1));
  const at::Tensor second =
      soft_plus(margins.gamma * (margins.negative + strongest)).masked_fill(known.all(1), 0);
  return first + second * right.sum(1).clamp_min(1);
}

}  // namespace spanlab
