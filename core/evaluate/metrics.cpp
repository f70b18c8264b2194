// SPDX-License-Identifier: MIT
#include "evaluate/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evaluate/scored_items.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

template <typename Item>
void count(const std::vector<Item>& gold, const std::vector<Item>& predicted,
           std::vector<ItemCounts>& counts) {
  for (const Item& item : gold) ++counts.at(item.type).gold;
  for (const Item& item : predicted) {
    ItemCounts& type = counts.at(item.type);
    ++type.predicted;
    if (std::ranges::binary_search(gold, item)) ++type.correct;
  }
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
  const auto relations = [&](const Annotation& annotation, ArgumentTypes types) {
    return scored_relations(annotation, inventory, overlaps, types);
  };
  count(scored_entities(gold, overlaps), scored_entities(predicted, overlaps), counts.entity);
  count(relations(gold, ArgumentTypes::ignored), relations(predicted, ArgumentTypes::ignored),
        counts.relation_boundary);
  count(relations(gold, ArgumentTypes::compared), relations(predicted, ArgumentTypes::compared),
        counts.relation_strict);
}

void check_same_number(std::span<const Annotation> gold, std::span<const Annotation> predicted) {
  if (gold.size() != predicted.size()) {
    throw Error(ErrorKind::data, "",
                fmt::format("{} sentences in gold, {} in the predictions", gold.size(), predicted.size()));
  }
}

Scores score(std::span<const Annotation> gold, std::span<const Annotation> predicted,
             const Inventory& inventory, Overlap overlaps) {
  check_same_number(gold, predicted);
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
