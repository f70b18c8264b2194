// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "evaluate/breakdowns.hpp"
#include "evaluate/ceiling.hpp"
#include "evaluate/entity_errors.hpp"
#include "evaluate/relation_errors.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// The errors of one kind. A pair of a false positive and a false negative counts on both sides.
struct ErrorCategory {
  std::string name;  ///< name_of() its kind
  OutcomeList false_positives;
  OutcomeList false_negatives;
};

/// What became of entities or of relations. The categories together hold each false positive and each false
/// negative once; those that nothing belongs to are there as well.
template <typename Outcome>
struct ItemErrors {
  std::vector<Outcome> outcomes;
  OutcomeList correct;
  std::vector<ErrorCategory> categories;
  std::vector<Breakdown> breakdowns;
  Confusion confusion;
};

using EntityErrors = ItemErrors<EntityOutcome>;
using RelationErrors = ItemErrors<RelationOutcome>;

/// Relations in one set-up of the scores, and what the entities leave to them.
struct RelationAnalysis {
  RelationErrors errors;
  RelationCeiling ceiling;
};

/// The errors of one group of predictions.
struct ErrorAnalysis {
  EntityErrors entity;
  RelationAnalysis strict;
  RelationAnalysis boundary;
};

/// Works them out; what counts is what counts in score() (metrics.hpp). `input` has the sentences of both
/// lists and their inventory. Throws Error(data) if the lists differ in length.
SPANLAB_API ErrorAnalysis analyse_errors(std::span<const Annotation> gold,
                                         std::span<const Annotation> predicted, Overlap overlap,
                                         const BreakdownInput& input);

}  // namespace spanlab::host
