// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "statistics/two_way.hpp"

namespace spanlab::host {

/// What a t test of a difference will know: its standard error and the degrees of freedom of that.
struct ExpectedError {
  double standard_error = 0;
  double degrees = 0;
};

/// n pairs whose differences have this standard deviation.
SPANLAB_API ExpectedError paired_design(std::size_t n, double deviation);

/// Two groups of n with one standard deviation.
SPANLAB_API ExpectedError independent_design(std::size_t n, double deviation);

/// Two systems with seeds of their own on the same documents, and what their scores are taken to vary by, in
/// the unit of the difference (points or fractions).
struct TwoWayDesign {
  std::size_t seeds_a = 3;
  std::size_t seeds_b = 3;
  std::size_t documents = 0;
  double seed_deviation_a = 0;    ///< standard deviation of the score between seeds
  double seed_deviation_b = 0;    ///< the same of the other system
  double document_deviation = 0;  ///< of zbar(a, d) - zbar(b, d) over documents (two_way.hpp)
};

/// What `two_way_t_sum` will know of this design. std::invalid_argument below two seeds or documents.
SPANLAB_API ExpectedError two_way_design(const TwoWayDesign& design);

/// The chance that the two-sided t test at `level` rejects where the true difference is `difference`:
/// P(|T| > critical t) for noncentral T, both tails. Without any error 1, or `level` if there is no
/// difference.
SPANLAB_API double power_of(double difference, const ExpectedError& error, double level = 0.05);

/// The smallest true difference that the test finds with probability `power` (above `level`, below 1).
SPANLAB_API double detectable_difference(const ExpectedError& error, double power = 0.8, double level = 0.05);

/// The same for the design of a comparison that has been made, with the variances found in it.
SPANLAB_API double detectable_difference(const TTest& test, double power = 0.8, double level = 0.05);

}  // namespace spanlab::host
