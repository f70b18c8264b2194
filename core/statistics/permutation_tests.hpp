// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// The exact sign-flip permutation test that the mean of `differences` is 0 (Fisher 1935): shares of all 2ⁿ
/// patterns of signs.
struct SignFlip {
  double p = 1;          ///< two-sided: as far from 0 or farther
  double p_greater = 1;  ///< as high or higher
};

/// Sums that differ by rounding (1e-9 of the sum of |d|) are equal. Above 20 values, where the two agree, the
/// paired t test stands in. std::invalid_argument without values.
SPANLAB_API SignFlip sign_flip(std::span<const double> differences);

/// Its two-sided p.
SPANLAB_API double sign_flip_p(std::span<const double> differences);

/// The smallest p that `sign_flip_p` can give for n pairs: 2/2ⁿ. Five pairs cannot go below 0.0625.
SPANLAB_API double smallest_sign_flip_p(std::size_t n);

/// Wilcoxon's signed-rank test, exact over all 2ⁿ patterns of signs of these ranks.
struct Wilcoxon {
  std::size_t n = 0;     ///< differences that are not 0
  double w_plus = 0;     ///< sum of the ranks of those above 0
  double w_minus = 0;    ///< of those below
  double p = 1;          ///< twice the smaller tail, at most 1; 1 for n = 0
  double p_greater = 1;  ///< P(W+ >= observed)
};

/// Differences of 0 are dropped, equal sizes share their mean rank (compare `paired_differences`).
SPANLAB_API Wilcoxon wilcoxon_exact(std::span<const double> differences);

}  // namespace spanlab::host
