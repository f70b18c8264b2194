// SPDX-License-Identifier: MIT
#include "records/predictions.hpp"

#include <nlohmann/json.hpp>

namespace spanlab::host {

using nlohmann::json;

namespace {

json items_of(const Prediction& prediction, const Inventory& inventory) {
  json entities = json::array(), relations = json::array();
  for (const auto& [entity, score] : prediction.entities) {
    entities.push_back({{"type", inventory.entities[entity.type].name},
                        {"start", entity.span.begin},
                        {"end", entity.span.end},
                        {"score", score}});
  }
  for (const auto& [relation, score] : prediction.relations) {
    relations.push_back({{"type", inventory.relations[relation.type].name},
                         {"head", relation.head},
                         {"tail", relation.tail},
                         {"score", score}});
  }
  return {{"entities", std::move(entities)}, {"relations", std::move(relations)}};
}

}  // namespace

std::string prediction_line(const Sentence& sentence, const Prediction& prediction,
                            const Inventory& inventory) {
  json line = items_of(prediction, inventory);
  line["id"] = sentence.id;
  line["tokens"] = sentence.words;
  return line.dump();
}

std::string prediction_line(const Sentence& sentence, std::span<const TaskPrediction> tasks) {
  json line{{"id", sentence.id}, {"tokens", sentence.words}};
  for (const TaskPrediction& task : tasks) line[task.task] = items_of(task.prediction, task.inventory);
  return line.dump();
}

}  // namespace spanlab::host
