// SPDX-License-Identifier: MIT
#include "statistics/power.hpp"

#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <stdexcept>

#include "statistics/student.hpp"

namespace spanlab::host {
namespace {

/// P(|T| > t) for noncentral T; with infinite degrees of freedom a shifted normal one.
double both_tails(double t, double degrees, double noncentrality) {
  if (std::isinf(degrees)) {
    const boost::math::normal shifted(noncentrality);
    return cdf(complement(shifted, t)) + cdf(shifted, -t);
  }
  const boost::math::non_central_t distribution(degrees, noncentrality);
  return cdf(complement(distribution, t)) + cdf(distribution, -t);
}

/// The noncentrality at which the test has the power.
double noncentrality_of(double power, double degrees, double level) {
  const double critical = t_critical(level / 2, degrees);
  auto lacking = [&](double noncentrality) { return both_tails(critical, degrees, noncentrality) - power; };
  double high = 1;
  while (lacking(high) < 0) high *= 2;
  std::uintmax_t steps = 200;
  const auto [low, up] = boost::math::tools::toms748_solve(
      lacking, 0.0, high, boost::math::tools::eps_tolerance<double>(48), steps);
  return (low + up) / 2;
}

double square_over(double deviation, std::size_t n) { return deviation * deviation / static_cast<double>(n); }

}  // namespace

ExpectedError paired_design(std::size_t n, double deviation) {
  if (n < 2) throw std::invalid_argument("a t test needs two pairs");
  return {std::sqrt(square_over(deviation, n)), static_cast<double>(n - 1)};
}

ExpectedError independent_design(std::size_t n, double deviation) {
  if (n < 2) throw std::invalid_argument("a t test needs two values in each group");
  return {std::sqrt(2 * square_over(deviation, n)), static_cast<double>(2 * n - 2)};
}

ExpectedError two_way_design(const TwoWayDesign& design) {
  if (design.seeds_a < 2 || design.seeds_b < 2 || design.documents < 2)
    throw std::invalid_argument("a design needs two seeds of each system and two documents");
  const double seed_a = square_over(design.seed_deviation_a, design.seeds_a);
  const double seed_b = square_over(design.seed_deviation_b, design.seeds_b);
  const double documents = square_over(design.document_deviation, design.documents);
  const double variance = seed_a + seed_b + documents;
  const double squares = square_over(seed_a, design.seeds_a - 1) + square_over(seed_b, design.seeds_b - 1) +
                         square_over(documents, design.documents - 1);
  return {std::sqrt(variance), variance * variance / squares};
}

double power_of(double difference, const ExpectedError& error, double level) {
  if (error.standard_error == 0) return difference == 0 ? level : 1;
  return both_tails(t_critical(level / 2, error.degrees), error.degrees,
                    std::abs(difference) / error.standard_error);
}

double detectable_difference(const ExpectedError& error, double power, double level) {
  if (!(power > level && power < 1)) throw std::invalid_argument("power is above the level and below 1");
  if (error.standard_error == 0) return 0;
  return noncentrality_of(power, error.degrees, level) * error.standard_error;
}

double detectable_difference(const TTest& test, double power, double level) {
  return detectable_difference(ExpectedError{test.standard_error, test.degrees}, power, level);
}

}  // namespace spanlab::host
