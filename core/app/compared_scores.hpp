// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "app/compare.hpp"
#include "results/trial_counts.hpp"

namespace spanlab::host::app {

/// The finished ones of some trials.
struct FinishedTrials {
  std::vector<CountsByDocument> counts;
  std::set<std::string> hashes;
  std::set<std::string> evaluations;  ///< what stands for the texts, and how they are scored
};
FinishedTrials finished_trials(std::span<const PlannedTrial> trials, const RunStore& store,
                               EvaluatedReader& reader, std::vector<std::string>& notes);

/// Micro F1 of entities and of relations in both set-ups, in the group (empty: scores are not grouped). From
/// three trials on each side the claim is about the method, below about these trained models; by the tests of
/// results/claim_test.hpp. Nothing is claimed of different texts, nor of a trial beside itself.
std::vector<ComparedScore> compared_scores(const FinishedTrials& a, const FinishedTrials& b,
                                           const std::string& group);

}  // namespace spanlab::host::app
