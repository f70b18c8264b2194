// SPDX-License-Identifier: MIT
#include "statistics/moments.hpp"

#include <algorithm>
#include <numeric>

namespace spanlab::host {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
  // The rounded mean of equal numbers may be their neighbour.
  if (all_equal(values)) return 0;
  const double mean = mean_of(values);
  double squares = 0;
  for (double value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

bool all_equal(std::span<const double> values) {
  return !values.empty() &&
         std::ranges::all_of(values, [&](double value) { return value == values.front(); });
}

}  // namespace spanlab::host
