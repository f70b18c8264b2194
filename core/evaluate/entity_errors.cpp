// SPDX-License-Identifier: MIT
#include "evaluate/entity_errors.hpp"

#include <algorithm>
#include <utility>

#include "evaluate/metrics.hpp"
#include "evaluate/pairing.hpp"
#include "evaluate/scored_items.hpp"

namespace spanlab::host {
namespace {

// Less is better: larger overlap, then the right type.
using EntityFit = std::pair<double, bool>;

std::optional<EntityFit> entity_fit(const Entity& predicted, const Entity& gold) {
  if (!overlap(predicted.span, gold.span)) return std::nullopt;
  return EntityFit{-iou(predicted.span, gold.span), predicted.type != gold.type};
}

EntityError error_of_pair(const Entity& predicted, const Entity& gold) {
  if (predicted.span == gold.span) return EntityError::type;
  return predicted.type == gold.type ? EntityError::boundary : EntityError::boundary_and_type;
}

bool touches(const Entity& entity, const std::vector<Entity>& others) {
  return std::ranges::any_of(others, [&](const Entity& other) { return overlap(entity.span, other.span); });
}

void add_entity_outcomes(std::size_t sentence, const std::vector<Entity>& gold,
                         const std::vector<Entity>& predicted, std::vector<EntityOutcome>& outcomes) {
  const Unmatched<Entity> items = unmatched(gold, predicted);
  const Partners partners(items, paired(items, entity_fit));
  for (const Entity& entity : items.correct)
    outcomes.push_back({sentence, EntityError::none, entity, entity});
  for (std::size_t i = 0; i < items.false_positives.size(); ++i) {
    const Entity& entity = items.false_positives[i];
    if (const auto partner = partners.of_positive[i]) {
      const Entity& meant = items.false_negatives[*partner];
      outcomes.push_back({sentence, error_of_pair(entity, meant), entity, meant});
    } else {
      const EntityError error = touches(entity, gold) ? EntityError::extra : EntityError::spurious;
      outcomes.push_back({sentence, error, entity, std::nullopt});
    }
  }
  for (std::size_t i = 0; i < items.false_negatives.size(); ++i) {
    if (partners.of_negative[i]) continue;
    const Entity& entity = items.false_negatives[i];
    const EntityError error = touches(entity, predicted) ? EntityError::covered : EntityError::missing;
    outcomes.push_back({sentence, error, std::nullopt, entity});
  }
}

}  // namespace

std::string_view name_of(EntityError error) {
  constexpr std::array<std::string_view, 8> kNames{"correct",  "boundary", "type",    "boundary_and_type",
                                                   "spurious", "extra",    "missing", "covered"};
  return kNames.at(static_cast<std::size_t>(error));
}

std::vector<EntityOutcome> entity_outcomes(std::span<const Annotation> gold,
                                           std::span<const Annotation> predicted, Overlap overlaps) {
  check_same_number(gold, predicted);
  std::vector<EntityOutcome> outcomes;
  for (std::size_t i = 0; i < gold.size(); ++i)
    add_entity_outcomes(i, scored_entities(gold[i], overlaps), scored_entities(predicted[i], overlaps),
                        outcomes);
  return outcomes;
}

}  // namespace spanlab::host
