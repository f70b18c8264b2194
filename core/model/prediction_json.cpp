// SPDX-License-Identifier: MIT
#include "model/prediction_json.hpp"

#include <nlohmann/json.hpp>

namespace spanlab {

nlohmann::json to_json(const Sentence& sentence, const Prediction& prediction, const Inventory& inventory) {
  nlohmann::json entities = nlohmann::json::array();
  for (const auto& [entity, score] : prediction.entities) {
    entities.push_back({{"type", inventory.entities[entity.type].name},
                        {"start", entity.span.begin},
                        {"end", entity.span.end},
                        {"score", score}});
  }
  nlohmann::json relations = nlohmann::json::array();
  for (const auto& [relation, score] : prediction.relations) {
    relations.push_back({{"type", inventory.relations[relation.type].name},
                         {"head", relation.head},
                         {"tail", relation.tail},
                         {"score", score}});
  }
  return {{"id", sentence.id},
          {"tokens", sentence.words},
          {"entities", std::move(entities)},
          {"relations", std::move(relations)}};
}

}  // namespace spanlab
