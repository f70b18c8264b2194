// SPDX-License-Identifier: MIT
#include "evaluate/errors.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spanlab::host {
namespace {

EntityError kind_of(const EntityOutcome& outcome) { return outcome.error; }
RelationErrorKind kind_of(const RelationOutcome& outcome) { return outcome.kind(); }

template <typename Kind, std::size_t size, typename Outcome>
ItemErrors<Outcome> sorted_out(std::vector<Outcome> outcomes, const std::array<Kind, size>& kinds,
                               const BreakdownInput& input) {
  ItemErrors<Outcome> errors;
  for (const Kind& kind : kinds) errors.categories.push_back({std::string(name_of(kind)), {}, {}});
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].is_correct()) {
      errors.correct.push_back(i);
      continue;
    }
    const auto place = std::ranges::find(kinds, kind_of(outcomes[i])) - kinds.begin();
    ErrorCategory& category = errors.categories.at(static_cast<std::size_t>(place));
    if (outcomes[i].predicted) category.false_positives.push_back(i);
    if (outcomes[i].gold) category.false_negatives.push_back(i);
  }
  errors.breakdowns = breakdowns(std::span<const Outcome>(outcomes), input);
  errors.confusion = confusion(std::span<const Outcome>(outcomes), input.inventory);
  errors.outcomes = std::move(outcomes);
  return errors;
}

}  // namespace

ErrorAnalysis analyse_errors(std::span<const Annotation> gold, std::span<const Annotation> predicted,
                             Overlap overlaps, const BreakdownInput& input) {
  const auto relations = [&](ArgumentTypes types) -> RelationAnalysis {
    return {sorted_out(relation_outcomes(gold, predicted, input.inventory, overlaps, types), kRelationErrors,
                       input),
            relation_ceiling(gold, predicted, input.inventory, overlaps, types)};
  };
  return {sorted_out(entity_outcomes(gold, predicted, overlaps), kEntityErrors, input),
          relations(ArgumentTypes::compared), relations(ArgumentTypes::ignored)};
}

}  // namespace spanlab::host
