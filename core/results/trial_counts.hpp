// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "evaluate/counts_by_document.hpp"
#include "results/evaluated.hpp"

namespace spanlab::host {

/// Counts of a trial's final evaluation, or why there are none.
struct TrialCounts {
  std::shared_ptr<const CountsByDocument> counts;  ///< null if there are none
  std::string trouble;
};

/// Of a finished attempt, what its training stored; of one that stored none, from its predictions and their
/// data, kept in the attempt's folder for the next time; null: there are no data at hand. Never throws for a
/// trial that lacks them.
SPANLAB_API TrialCounts trial_counts(const PlannedTrial& trial, const Attempt& attempt,
                                     EvaluatedReader* data);

/// The same from an evaluation that was read.
SPANLAB_API CountsByDocument count(const Evaluated& evaluated);

}  // namespace spanlab::host
