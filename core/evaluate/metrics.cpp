// SPDX-License-Identifier: MIT
#include "evaluate/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

/// An item that counts: the words it covers, the entity types where they matter, and the type that it is
/// counted under.
using Item = std::tuple<Entity, Entity, std::int32_t>;
using Items = std::vector<Item>;  // sorted, each once: an untrained model predicts hundreds in a sentence

enum class EntityTypes { ignored, compared };

Items sorted(Items items) {
  std::ranges::sort(items);
  const auto rest = std::ranges::unique(items);
  items.erase(rest.begin(), rest.end());
  return items;
}

// Whether each of the sorted, different entities overlaps another one.
std::vector<bool> overlapped(const Items& items) {
  const auto span = [&](std::size_t i) { return std::get<0>(items[i]).span; };
  std::vector<bool> found(items.size(), false);
  std::int32_t furthest = 0;  // end of those that begin before
  for (std::size_t i = 0; i < items.size(); ++i) {
    found[i] = furthest > span(i).begin || (i + 1 < items.size() && span(i + 1).begin < span(i).end);
    furthest = std::max(furthest, span(i).end);
  }
  return found;
}

Items entity_items(const Annotation& annotation, Overlap overlaps) {
  Items items;
  for (const Entity& entity : annotation.entities) items.emplace_back(entity, Entity{}, entity.type);
  items = sorted(std::move(items));
  if (overlaps == Overlap::allowed) return items;
  const std::vector<bool> dropped = overlapped(items);
  Items apart;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!dropped[i]) apart.push_back(items[i]);
  }
  return apart;
}

Items relation_items(const Annotation& annotation, const Inventory& inventory, Overlap overlaps,
                     EntityTypes types) {
  Items items;
  for (const Relation& relation : annotation.relations) {
    Entity head = annotation.entities.at(relation.head);
    Entity tail = annotation.entities.at(relation.tail);
    if (overlaps == Overlap::removed && head != tail && overlap(head.span, tail.span)) continue;
    if (inventory.relations.at(relation.type).symmetric && tail.span.begin < head.span.begin) {
      std::swap(head, tail);
    }
    if (types == EntityTypes::ignored) head.type = tail.type = 0;
    items.emplace_back(head, tail, relation.type);
  }
  return sorted(std::move(items));
}

void count(const Items& gold, const Items& predicted, std::vector<ItemCounts>& counts) {
  for (const Item& item : gold) ++counts.at(std::get<2>(item)).gold;
  for (const Item& item : predicted) {
    ItemCounts& type = counts.at(std::get<2>(item));
    ++type.predicted;
    if (std::ranges::binary_search(gold, item)) ++type.correct;
  }
}

Score score_of(const ItemCounts& counts) {
  return {percent(counts.correct, counts.predicted), percent(counts.correct, counts.gold),
          percent(2 * counts.correct, counts.predicted + counts.gold), counts.gold};
}

/// Micro: of the summed counts. Macro: mean over the types that occur, F1 as the mean of their F1s.
ScoreTable table_of(const std::vector<ItemCounts>& counts, const std::vector<LabelType>& types) {
  ScoreTable table;
  ItemCounts sum;
  for (std::size_t type = 0; type < counts.size(); ++type) {
    if (counts[type].gold == 0 && counts[type].predicted == 0) continue;
    table.per_type[types[type].name] = score_of(counts[type]);
    sum += counts[type];
  }
  table.micro = score_of(sum);
  table.macro.support = sum.gold;
  for (const auto& [name, score] : table.per_type) {
    double share = 1.0 / static_cast<double>(table.per_type.size());
    table.macro.precision += share * score.precision;
    table.macro.recall += share * score.recall;
    table.macro.f1 += share * score.f1;
  }
  return table;
}

ScoreTree tree_of(const Score& score) {
  return ScoreTree::Parts{
      {"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1}, {"support", score.support}};
}

ScoreTree tree_of(const ScoreTable& table) {
  ScoreTree::Parts per_type;
  for (const auto& [name, score] : table.per_type) per_type.emplace(name, tree_of(score));
  return ScoreTree::Parts{
      {"micro", tree_of(table.micro)}, {"macro", tree_of(table.macro)}, {"per_type", std::move(per_type)}};
}

}  // namespace

ItemCounts& ItemCounts::operator+=(const ItemCounts& other) {
  correct += other.correct;
  predicted += other.predicted;
  gold += other.gold;
  return *this;
}

AnnotationCounts::AnnotationCounts(const Inventory& inventory)
    : entity(inventory.entities.size()),
      relation_boundary(inventory.relations.size()),
      relation_strict(inventory.relations.size()) {}

void count_sentence(const Annotation& gold, const Annotation& predicted, const Inventory& inventory,
                    Overlap overlaps, AnnotationCounts& counts) {
  const auto relations = [&](const Annotation& annotation, EntityTypes types) {
    return relation_items(annotation, inventory, overlaps, types);
  };
  count(entity_items(gold, overlaps), entity_items(predicted, overlaps), counts.entity);
  count(relations(gold, EntityTypes::ignored), relations(predicted, EntityTypes::ignored),
        counts.relation_boundary);
  count(relations(gold, EntityTypes::compared), relations(predicted, EntityTypes::compared),
        counts.relation_strict);
}

Scores score(std::span<const Annotation> gold, std::span<const Annotation> predicted,
             const Inventory& inventory, Overlap overlaps) {
  if (gold.size() != predicted.size()) {
    throw Error(ErrorKind::data, "",
                fmt::format("{} sentences in gold, {} in the predictions", gold.size(), predicted.size()));
  }
  AnnotationCounts counts(inventory);
  for (std::size_t i = 0; i < gold.size(); ++i)
    count_sentence(gold[i], predicted[i], inventory, overlaps, counts);
  return {table_of(counts.entity, inventory.entities),
          table_of(counts.relation_boundary, inventory.relations),
          table_of(counts.relation_strict, inventory.relations)};
}

ScoreTree score_tree(const Scores& scores) {
  ScoreTree tree;
  tree["entity"] = tree_of(scores.entity);
  tree["relation"]["boundary"] = tree_of(scores.relation_boundary);
  tree["relation"]["strict"] = tree_of(scores.relation_strict);
  return tree;
}

}  // namespace spanlab::host
