// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

namespace spanlab {

struct RankingMargins {
  double gamma = 2;
  double positive = 2.5;
  double negative = 0.5;
};

/// The ranking loss of dos Santos et al. 2015 (arXiv 1504.06580, equation 1) for `scores` [N,K] → [N]. Every
/// type of a row of `gold` [N,K] gives a term γ(m⁺ - s) of its own and one γ(m⁻ + s_c), where c is the
/// strongest type that `known` [N,K] does not hold (none: no such term), each under log(1 + exp). A row
/// without gold has the second term alone. Both masks are boolean.
at::Tensor ranking(const at::Tensor& scores, const at::Tensor& gold, const at::Tensor& known,
                   const RankingMargins& margins);

}  // namespace spanlab
