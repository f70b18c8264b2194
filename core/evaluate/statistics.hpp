// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// Both ends belong to it.
struct Interval {
  double low = 0;
  double high = 0;
};

/// Repeats of one measurement. Deviation and interval need two values.
struct Summary {
  std::size_t n = 0;
  double mean = 0;
  std::optional<double> deviation;   ///< sample standard deviation (divisor n - 1)
  std::optional<Interval> interval;  ///< 95 % interval of the mean by Student's t
};

/// `values` must not be empty (std::invalid_argument).
SPANLAB_API Summary summarise(std::span<const double> values);

/// Two-sided p of the exact sign-flip permutation test that the mean of `differences` is 0: the share of all
/// 2ⁿ sign patterns whose mean is at least as far from 0 (Fisher 1935). Above 20 values, where the two agree,
/// the paired t test stands in.
SPANLAB_API double sign_flip_p(std::span<const double> differences);

/// The smallest p that `sign_flip_p` can give for n pairs: 2/2ⁿ. Five pairs cannot go below 0.0625.
SPANLAB_API double smallest_sign_flip_p(std::size_t n);

/// Adjusted p values of a family of tests (Holm 1979), in the order given; each at most 1.
SPANLAB_API std::vector<double> holm(std::span<const double> p);

}  // namespace spanlab::host
