// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/compare.hpp"
#include "results/trial_counts.hpp"

namespace spanlab::host::app {

/// The counts by document of the finished ones of some trials.
std::vector<CountsByDocument> finished_counts(std::span<const PlannedTrial> trials, const RunStore& store,
                                              EvaluatedReader& reader, std::vector<std::string>& notes);

/// Micro F1 of entities and of relations in both set-ups, in the group (empty: scores are not grouped). From
/// three trials on each side the claim is about the method (two_way_t_sum), below about these models on texts
/// like these (p by randomisation over documents, interval by documents_linearised_t); of different documents
/// about the method on these test sets (Welch).
std::vector<ComparedScore> compared_scores(const std::vector<CountsByDocument>& a,
                                           const std::vector<CountsByDocument>& b, const std::string& group);

}  // namespace spanlab::host::app
