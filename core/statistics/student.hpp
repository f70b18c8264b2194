// SPDX-License-Identifier: MIT
#pragma once

#include "statistics/summary.hpp"

// Student's distribution; degrees of freedom need not be whole and may be infinite.

namespace spanlab::host {

/// P(T >= t).
double t_upper_tail(double t, double degrees);

/// P(|T| >= |t|).
double t_two_sided_p(double t, double degrees);

/// The t that T exceeds with probability `tail`.
double t_critical(double tail, double degrees);

/// Two-sided interval around `estimate`.
Interval t_interval(double estimate, double standard_error, double degrees, double confidence);

}  // namespace spanlab::host
