// SPDX-License-Identifier: MIT
#include "statistics/t_tests.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "statistics/moments.hpp"
#include "statistics/student.hpp"

namespace spanlab::host {
namespace {

TTest without_error(double difference) {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  const double t = difference == 0 ? 0 : std::copysign(kInfinite, difference);
  const double p = difference == 0 ? 1 : 0;
  return {difference, 0, t, kInfinite, p, difference > 0 ? 0.0 : 1.0, {difference, difference}};
}

}  // namespace

TTest t_test(double difference, double standard_error, double degrees, double confidence) {
  if (standard_error == 0) return without_error(difference);
  const double t = difference / standard_error;
  return {difference,
          standard_error,
          t,
          degrees,
          t_two_sided_p(t, degrees),
          t_upper_tail(t, degrees),
          t_interval(difference, standard_error, degrees, confidence)};
}

std::vector<double> paired_differences(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size())
    throw std::invalid_argument("pairs need as many values of the one as of the other");
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(std::round((a[i] - b[i]) * 1e9) / 1e9);
  return differences;
}

std::optional<TTest> paired_t(std::span<const double> differences, double confidence) {
  if (differences.size() < 2 || all_equal(differences)) return {};
  const double n = static_cast<double>(differences.size());
  return t_test(mean_of(differences), std::sqrt(variance_of(differences) / n), n - 1, confidence);
}

std::optional<TTest> welch_t(std::span<const double> a, std::span<const double> b, double confidence) {
  if (a.size() < 2 || b.size() < 2 || (all_equal(a) && all_equal(b))) return {};
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  const double part_a = variance_of(a) / n, part_b = variance_of(b) / m;
  const double variance = part_a + part_b;
  const double degrees = variance * variance / (part_a * part_a / (n - 1) + part_b * part_b / (m - 1));
  return t_test(mean_of(a) - mean_of(b), std::sqrt(variance), degrees, confidence);
}

std::optional<TTest> resampled_t(std::span<const double> differences, double test_to_train,
                                 double confidence) {
  if (!(test_to_train > 0)) throw std::invalid_argument("a test part over its training part is above 0");
  if (differences.size() < 2 || all_equal(differences)) return {};
  const double n = static_cast<double>(differences.size());
  const double variance = (1 / n + test_to_train) * variance_of(differences);
  return t_test(mean_of(differences), std::sqrt(variance), n - 1, confidence);
}

}  // namespace spanlab::host
