// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "evaluate/counts_by_document.hpp"
#include "results/evaluated.hpp"

namespace spanlab::host {

/// Counts of a trial's final evaluation, or why there are none.
struct TrialCounts {
  std::optional<CountsByDocument> counts;
  std::string trouble;
};

/// Of a finished attempt, what its training stored; of one that stored none, from its predictions and their
/// data, kept in the attempt's folder for the next time. Never throws for a trial that lacks them.
SPANLAB_API TrialCounts trial_counts(const PlannedTrial& trial, const Attempt& attempt,
                                     EvaluatedReader& reader);

/// The same from an evaluation that was read.
SPANLAB_API CountsByDocument count(const Evaluated& evaluated);

}  // namespace spanlab::host
