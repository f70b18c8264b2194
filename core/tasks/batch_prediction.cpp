// SPDX-License-Identifier: MIT
#include "tasks/batch_prediction.hpp"

#include <algorithm>
#include <numeric>

namespace spanlab::host {

void BatchPrediction::add_entities(std::span<const Decision> decisions) {
  std::vector<std::size_t> order(decisions.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return decisions[i].span; });
  places_.resize(decisions.size());
  for (const std::size_t i : order) {
    const auto& [row, sentence, span, type, score] = decisions[i];
    std::vector<ScoredEntity>& entities = sentences_[static_cast<std::size_t>(sentence)].prediction.entities;
    places_[i] = static_cast<std::int32_t>(entities.size());
    entities.push_back({{span, type}, score});
  }
}

void BatchPrediction::add_relation(const Pair& ends, const Decision& decision, bool symmetric) {
  auto& [prediction, known] = sentences_[static_cast<std::size_t>(decision.sentence)];
  const auto begin = [&](std::int32_t entity) { return prediction.entities[entity].entity.span.begin; };
  Relation relation{places_[ends.head], places_[ends.tail], decision.type};
  if (symmetric && begin(relation.tail) < begin(relation.head)) std::swap(relation.head, relation.tail);
  if (known.insert(relation).second) prediction.relations.push_back({relation, decision.score});
}

void BatchPrediction::leave_out(std::size_t sentence, std::int64_t relations) {
  sentences_[sentence].prediction.relations_left_out += relations;
}

std::vector<Prediction> BatchPrediction::finish() {
  std::vector<Prediction> all;
  for (auto& [prediction, known] : sentences_) {
    std::ranges::stable_sort(prediction.relations, {},
                             [](const ScoredRelation& found) { return found.relation.head; });
    all.push_back(std::move(prediction));
  }
  return all;
}

}  // namespace spanlab::host
