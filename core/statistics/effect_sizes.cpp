// SPDX-License-Identifier: MIT
#include "statistics/effect_sizes.hpp"

#include <cmath>
#include <stdexcept>

#include "statistics/moments.hpp"

namespace spanlab::host {
namespace {

void check_groups(std::span<const double> a, std::span<const double> b) {
  if (a.empty() || b.empty()) throw std::invalid_argument("a group without values");
}

/// Sum of squares around the mean.
double squares_of(std::span<const double> values) {
  return values.size() < 2 ? 0 : variance_of(values) * static_cast<double>(values.size() - 1);
}

double degrees_of(std::span<const double> a, std::span<const double> b) {
  return static_cast<double>(a.size() + b.size()) - 2;
}

/// J; its denominator has a pole at v = 1, where it is 0.
double correction(double v) {
  if (v <= 1) return 0;
  return std::exp(std::lgamma(v / 2) - std::lgamma((v - 1) / 2)) / std::sqrt(v / 2);
}

}  // namespace

std::optional<double> cohens_d(std::span<const double> a, std::span<const double> b) {
  check_groups(a, b);
  const double squares = squares_of(a) + squares_of(b);
  if (squares == 0) return {};
  return (mean_of(a) - mean_of(b)) / std::sqrt(squares / degrees_of(a, b));
}

std::optional<double> hedges_g(std::span<const double> a, std::span<const double> b) {
  const std::optional<double> d = cohens_d(a, b);
  return d ? std::optional(*d * correction(degrees_of(a, b))) : std::nullopt;
}

std::optional<double> hedges_g_approximate(std::span<const double> a, std::span<const double> b) {
  const std::optional<double> d = cohens_d(a, b);
  return d ? std::optional(*d * (1 - 3 / (4 * degrees_of(a, b) - 1))) : std::nullopt;
}

double cliffs_delta(std::span<const double> a, std::span<const double> b) {
  check_groups(a, b);
  std::ptrdiff_t higher = 0;
  for (double one : a) {
    for (double other : b) higher += (one > other) - (one < other);
  }
  return static_cast<double>(higher) / static_cast<double>(a.size() * b.size());
}

double a12(std::span<const double> a, std::span<const double> b) { return (cliffs_delta(a, b) + 1) / 2; }

}  // namespace spanlab::host
