// SPDX-License-Identifier: MIT
#include "statistics/studentised_range.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>

namespace spanlab::host {

double range_upper_tail(double q, std::size_t k) {
  if (q <= 0) return 1;
  const boost::math::normal standard;
  const double others = static_cast<double>(k) - 1;
  // With the largest at z: all others are below z, but not all of them within q of it.
  auto outside = [&](double z) {
    const double below = cdf(standard, z);
    return pdf(standard, z) * (std::pow(below, others) - std::pow(below - cdf(standard, z - q), others));
  };
  constexpr double kFar = 12;  // where the density is 1e-32
  using Rule = boost::math::quadrature::gauss_kronrod<double, 61>;
  return std::clamp(static_cast<double>(k) * Rule::integrate(outside, -kFar, kFar, 10, 1e-12), 0.0, 1.0);
}

double range_critical(double tail, std::size_t k) {
  std::uintmax_t steps = 200;
  const auto [low, high] =
      boost::math::tools::toms748_solve([&](double q) { return range_upper_tail(q, k) - tail; }, 1e-9, 40.0,
                                        boost::math::tools::eps_tolerance<double>(40), steps);
  return (low + high) / 2;
}

}  // namespace spanlab::host
