// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "statistics/summary.hpp"

namespace spanlab::host {

/// The value at (n - 1) · share of ascending values, linear between two of them.
double quantile_of(std::span<const double> sorted, double share);

/// Quantiles of ascending values that leave the same share out at both ends.
Interval percentile_interval(std::span<const double> sorted, double confidence);

/// Standard deviation around their own mean, divisor n.
double spread_of(std::span<const double> values);

}  // namespace spanlab::host
