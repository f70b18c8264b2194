// SPDX-License-Identifier: MIT
#include "statistics/resampling.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/moments.hpp"

namespace spanlab::host {

double quantile_of(std::span<const double> sorted, double share) {
  const double place = static_cast<double>(sorted.size() - 1) * share;
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

Interval percentile_interval(std::span<const double> sorted, double confidence) {
  const double tail = (1 - confidence) / 2;
  return {quantile_of(sorted, tail), quantile_of(sorted, 1 - tail)};
}

double spread_of(std::span<const double> values) {
  if (values.size() < 2) return 0;
  const double n = static_cast<double>(values.size());
  return std::sqrt(variance_of(values) * (n - 1) / n);
}

}  // namespace spanlab::host
