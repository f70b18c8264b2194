// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace spanlab::host {

/// The range of k independent standard normal variables: the studentised range with infinite degrees of
/// freedom. P(range >= q).
double range_upper_tail(double q, std::size_t k);

/// The q that the range exceeds with probability `tail`.
double range_critical(double tail, std::size_t k);

}  // namespace spanlab::host
