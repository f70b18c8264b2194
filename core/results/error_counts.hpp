// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "records/error_counts.hpp"
#include "results/evaluated.hpp"

namespace spanlab::host {

/// The errors of a trial, or why they are not known.
struct TrialErrorCounts {
  ErrorsByGroup groups;
  std::string trouble;  ///< empty: they are known
};

/// Of a finished attempt, from its predictions and their data; kept in the attempt's folder for the next
/// time. Never throws for a trial that lacks them.
SPANLAB_API TrialErrorCounts trial_error_counts(const PlannedTrial& trial, const Attempt& attempt,
                                                EvaluatedReader& reader);

}  // namespace spanlab::host
