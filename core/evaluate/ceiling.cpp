// SPDX-License-Identifier: MIT
#include "evaluate/ceiling.hpp"

#include <algorithm>

namespace spanlab::host {
namespace {

// The entities of an annotation as arguments are compared, sorted.
std::vector<Entity> arguments_of(const Annotation& annotation, ArgumentTypes types) {
  std::vector<Entity> entities = annotation.entities;
  if (types == ArgumentTypes::ignored) {
    for (Entity& entity : entities) entity.type = 0;
  }
  std::ranges::sort(entities);
  return entities;
}

bool joins(const JoinedRelation& relation, const std::vector<Entity>& entities) {
  return std::ranges::binary_search(entities, relation.head) &&
         std::ranges::binary_search(entities, relation.tail);
}

}  // namespace

RelationCeiling relation_ceiling(std::span<const Annotation> gold, std::span<const Annotation> predicted,
                                 const Inventory& inventory, Overlap overlaps, ArgumentTypes types) {
  check_same_number(gold, predicted);
  RelationCeiling ceiling;
  std::int64_t correct = 0, predictions = 0;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    const std::vector<JoinedRelation> relations = scored_relations(gold[i], inventory, overlaps, types);
    const std::vector<Entity> found = arguments_of(predicted[i], types);
    for (const JoinedRelation& relation : relations)
      (joins(relation, found) ? ceiling.reachable : ceiling.out_of_reach).push_back({i, relation});
    const std::vector<Entity> right = arguments_of(gold[i], types);
    for (const JoinedRelation& relation : scored_relations(predicted[i], inventory, overlaps, types)) {
      if (!joins(relation, right)) continue;
      ++predictions;
      correct += std::ranges::binary_search(relations, relation) ? 1 : 0;
    }
  }
  const auto reachable = static_cast<std::int64_t>(ceiling.reachable.size());
  ceiling.gold = reachable + static_cast<std::int64_t>(ceiling.out_of_reach.size());
  ceiling.on_found_arguments = {correct, predictions, reachable};
  return ceiling;
}

}  // namespace spanlab::host
