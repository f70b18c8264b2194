// SPDX-License-Identifier: MIT
#include "statistics/student.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace spanlab::host {

double t_upper_tail(double t, double degrees) {
  if (std::isinf(t)) return t > 0 ? 0 : 1;
  return cdf(complement(boost::math::students_t(degrees), t));
}

double t_two_sided_p(double t, double degrees) { return 2 * t_upper_tail(std::abs(t), degrees); }

double t_critical(double tail, double degrees) {
  return quantile(complement(boost::math::students_t(degrees), tail));
}

Interval t_interval(double estimate, double standard_error, double degrees, double confidence) {
  const double half = standard_error == 0 ? 0 : t_critical((1 - confidence) / 2, degrees) * standard_error;
  return {estimate - half, estimate + half};
}

}  // namespace spanlab::host
