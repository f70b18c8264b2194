// SPDX-License-Identifier: MIT
#include "statistics/summary.hpp"

#include <cmath>
#include <stdexcept>

#include "statistics/moments.hpp"
#include "statistics/student.hpp"

namespace spanlab::host {

Summary summarise(std::span<const double> values) {
  if (values.empty()) throw std::invalid_argument("no values to summarise");
  Summary summary{values.size(), mean_of(values)};
  if (values.size() < 2) return summary;
  summary.deviation = std::sqrt(variance_of(values));
  summary.interval = mean_interval(values, 0.95);
  return summary;
}

std::optional<Interval> mean_interval(std::span<const double> values, double confidence) {
  if (values.size() < 2) return {};
  const double n = static_cast<double>(values.size());
  return t_interval(mean_of(values), std::sqrt(variance_of(values) / n), n - 1, confidence);
}

}  // namespace spanlab::host
