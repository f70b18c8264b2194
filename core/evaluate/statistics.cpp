// SPDX-License-Identifier: MIT
#include "evaluate/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace spanlab::host {
namespace {

constexpr std::size_t kMostExact = 20;

boost::math::students_t student(std::size_t n) { return boost::math::students_t(static_cast<double>(n - 1)); }

double t_test_p(const Summary& differences) {
  double error = *differences.deviation / std::sqrt(static_cast<double>(differences.n));
  if (error == 0) return differences.mean == 0 ? 1.0 : 0.0;
  return 2 * cdf(complement(student(differences.n), std::abs(differences.mean) / error));
}

}  // namespace

Summary summarise(std::span<const double> values) {
  if (values.empty()) throw std::invalid_argument("no values to summarise");
  Summary summary{values.size()};
  double n = static_cast<double>(values.size());
  summary.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return summary;
  double squares = 0;
  for (double value : values) squares += (value - summary.mean) * (value - summary.mean);
  summary.deviation = std::sqrt(squares / (n - 1));
  double half = quantile(complement(student(values.size()), 0.025)) * *summary.deviation / std::sqrt(n);
  summary.interval = {summary.mean - half, summary.mean + half};
  return summary;
}

double sign_flip_p(std::span<const double> differences) {
  std::size_t n = differences.size();
  if (n == 0) throw std::invalid_argument("no differences to test");
  if (n > kMostExact) return t_test_p(summarise(differences));
  double observed = std::abs(std::accumulate(differences.begin(), differences.end(), 0.0));
  double size = 0;
  for (double difference : differences) size += std::abs(difference);
  double tolerance = 1e-12 * size;  // sums of the same numbers in another order count as equal
  std::size_t patterns = std::size_t{1} << n;
  std::size_t as_far = 0;
  for (std::size_t pattern = 0; pattern < patterns; ++pattern) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += (pattern >> i & 1) ? -differences[i] : differences[i];
    if (std::abs(sum) >= observed - tolerance) ++as_far;
  }
  return static_cast<double>(as_far) / static_cast<double>(patterns);
}

double smallest_sign_flip_p(std::size_t n) { return std::min(1.0, std::exp2(1.0 - static_cast<double>(n))); }

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    double factor = static_cast<double>(p.size() - rank);
    largest = std::max(largest, std::min(1.0, factor * p[order[rank]]));
    adjusted[order[rank]] = largest;
  }
  return adjusted;
}

}  // namespace spanlab::host
