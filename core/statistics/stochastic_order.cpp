// SPDX-License-Identifier: MIT
#include "statistics/stochastic_order.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "statistics/resampling.hpp"

namespace spanlab::host {
namespace {

/// Quantile functions are steps: a's ends at i/n, b's at j/m. Places are counted in parts of 1/(nm).
StochasticOrder order_of_sorted(std::span<const double> a, std::span<const double> b) {
  const std::size_t n = a.size(), m = b.size();
  double violated = 0, all = 0;
  for (std::size_t i = 0, j = 0, place = 0; i < n && j < m;) {
    const std::size_t end = std::min((i + 1) * m, (j + 1) * n);
    const double square = static_cast<double>(end - place) * (b[j] - a[i]) * (b[j] - a[i]);
    all += square;
    if (a[i] < b[j]) violated += square;
    place = end;
    if ((i + 1) * m == end) ++i;
    if ((j + 1) * n == end) ++j;
  }
  if (all == 0) return {};
  return {violated / all, all / static_cast<double>(n * m)};
}

std::vector<double> sorted(std::span<const double> values) {
  if (values.empty()) throw std::invalid_argument("a group without values");
  std::vector<double> copy(values.begin(), values.end());
  std::ranges::sort(copy);
  return copy;
}

/// As many of them, drawn with replacement, ascending as they are.
void draw_sorted(std::span<const double> ascending, Generator& generator, std::vector<double>& drawn) {
  std::vector<std::size_t> times(ascending.size());
  for (std::size_t i = 0; i < ascending.size(); ++i) ++times[generator.below(ascending.size())];
  drawn.clear();
  for (std::size_t i = 0; i < ascending.size(); ++i) drawn.insert(drawn.end(), times[i], ascending[i]);
}

}  // namespace

StochasticOrder stochastic_order(std::span<const double> a, std::span<const double> b) {
  return order_of_sorted(sorted(a), sorted(b));
}

AlmostStochasticOrder almost_stochastic_order(std::span<const double> a, std::span<const double> b,
                                              std::size_t resamples, Generator& generator,
                                              double confidence) {
  const std::vector<double> sorted_a = sorted(a), sorted_b = sorted(b);
  std::vector<double> ratios, drawn_a, drawn_b;
  for (std::size_t i = 0; i < resamples; ++i) {
    draw_sorted(sorted_a, generator, drawn_a);
    draw_sorted(sorted_b, generator, drawn_b);
    ratios.push_back(order_of_sorted(drawn_a, drawn_b).violation_ratio);
  }
  AlmostStochasticOrder order{order_of_sorted(sorted_a, sorted_b)};
  const double z = quantile(boost::math::normal(), confidence);
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  order.deviation = spread_of(ratios);
  order.sigma = order.deviation * std::sqrt(n * m / (n + m));
  order.eps_min = std::clamp(order.violation_ratio + z * order.deviation, 0.0, 1.0);
  return order;
}

}  // namespace spanlab::host
