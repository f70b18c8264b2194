// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

namespace spanlab::host {

/// 1 for the smallest value; equal values share the mean of their ranks.
std::vector<double> mid_ranks(std::span<const double> values);

}  // namespace spanlab::host
