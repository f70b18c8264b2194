// SPDX-License-Identifier: MIT
#include "evaluate/scored_items.hpp"

#include <algorithm>
#include <utility>

namespace spanlab::host {
namespace {

// Sorted, each once: an untrained model predicts hundreds in a sentence.
template <typename Item>
std::vector<Item> sorted(std::vector<Item> items) {
  std::ranges::sort(items);
  const auto rest = std::ranges::unique(items);
  items.erase(rest.begin(), rest.end());
  return items;
}

// Whether each of the sorted, different entities overlaps another one.
std::vector<bool> overlapped(const std::vector<Entity>& entities) {
  std::vector<bool> found(entities.size(), false);
  std::int32_t furthest = 0;  // end of those that begin before
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const Span& span = entities[i].span;
    found[i] = furthest > span.begin || (i + 1 < entities.size() && entities[i + 1].span.begin < span.end);
    furthest = std::max(furthest, span.end);
  }
  return found;
}

}  // namespace

std::vector<Entity> scored_entities(const Annotation& annotation, Overlap overlaps) {
  std::vector<Entity> entities = sorted(annotation.entities);
  if (overlaps == Overlap::allowed) return entities;
  const std::vector<bool> dropped = overlapped(entities);
  std::vector<Entity> apart;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    if (!dropped[i]) apart.push_back(entities[i]);
  }
  return apart;
}

JoinedRelation joined(const Relation& relation, const Annotation& annotation, const Inventory& inventory,
                      ArgumentTypes types) {
  JoinedRelation item{annotation.entities.at(relation.head), annotation.entities.at(relation.tail),
                      relation.type};
  if (inventory.relations.at(relation.type).symmetric && item.tail.span.begin < item.head.span.begin)
    std::swap(item.head, item.tail);
  if (types == ArgumentTypes::ignored) item.head.type = item.tail.type = 0;
  return item;
}

bool relation_counts(const Relation& relation, const Annotation& annotation, Overlap overlaps) {
  const Entity& head = annotation.entities.at(relation.head);
  const Entity& tail = annotation.entities.at(relation.tail);
  return overlaps == Overlap::allowed || head == tail || !overlap(head.span, tail.span);
}

std::vector<JoinedRelation> scored_relations(const Annotation& annotation, const Inventory& inventory,
                                             Overlap overlaps, ArgumentTypes types) {
  std::vector<JoinedRelation> items;
  for (const Relation& relation : annotation.relations) {
    if (relation_counts(relation, annotation, overlaps))
      items.push_back(joined(relation, annotation, inventory, types));
  }
  return sorted(std::move(items));
}

}  // namespace spanlab::host
