// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>

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

/// Student's interval of the mean with n - 1 degrees of freedom, two-sided; none below two values.
SPANLAB_API std::optional<Interval> mean_interval(std::span<const double> values, double confidence);

}  // namespace spanlab::host
