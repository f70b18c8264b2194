// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "statistics/summary.hpp"

namespace spanlab::host {

/// A difference of means by Student's t.
struct TTest {
  double difference = 0;
  double standard_error = 0;
  double t = 0;
  double degrees = 0;    ///< of freedom; infinite where nothing varies
  double p = 1;          ///< two-sided
  double p_greater = 1;  ///< against the alternative that the difference is above 0
  Interval interval;     ///< of the difference, two-sided
};

/// The test of a difference whose standard error is known to `degrees`. Without any error the difference is
/// what it is: p is 1 if it is 0, else 0, and the interval a point.
SPANLAB_API TTest t_test(double difference, double standard_error, double degrees, double confidence = 0.95);

/// a - b, pair by pair, to nine decimals, so that differences which are equal on paper are equal numbers.
/// std::invalid_argument for unequal numbers of values.
SPANLAB_API std::vector<double> paired_differences(std::span<const double> a, std::span<const double> b);

/// n - 1 degrees of freedom. None below two differences, and where all are equal: their variance says
/// nothing.
SPANLAB_API std::optional<TTest> paired_t(std::span<const double> differences, double confidence = 0.95);

/// Two independent groups with variances of their own (Welch 1947), degrees of freedom by Satterthwaite. None
/// below two values in a group, and where neither group varies.
SPANLAB_API std::optional<TTest> welch_t(std::span<const double> a, std::span<const double> b,
                                         double confidence = 0.95);

/// The mean of `differences` between two systems over splits of one set of data, trained on parts that
/// overlap (Nadeau and Bengio 2003): variance (1/n + test_to_train) · s², n - 1 degrees of freedom.
/// `test_to_train` is the size of a test part over that of its training part, above 0 and 1 / (k - 1) for the
/// k folds of a cross-validation, however often it is repeated. None below two differences and where all are
/// equal.
SPANLAB_API std::optional<TTest> resampled_t(std::span<const double> differences, double test_to_train,
                                             double confidence = 0.95);

}  // namespace spanlab::host
