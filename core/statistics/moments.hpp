// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace spanlab::host {

/// The arithmetic mean of at least one value.
double mean_of(std::span<const double> values);

/// The sample variance (divisor n - 1) of at least two values; exactly 0 where all are equal.
double variance_of(std::span<const double> values);

/// Whether there are values and all are the same number.
bool all_equal(std::span<const double> values);

}  // namespace spanlab::host
