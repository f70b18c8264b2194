// SPDX-License-Identifier: MIT
#include "records/score_json.hpp"

#include <nlohmann/json.hpp>

namespace spanlab::host {

nlohmann::json to_json(const ScoreTree& scores) {
  if (const auto* measure = std::get_if<double>(&scores.value)) return *measure;
  if (const auto* count = std::get_if<std::int64_t>(&scores.value)) return *count;
  const auto* parts = std::get_if<ScoreTree::Parts>(&scores.value);
  if (!parts) return nullptr;
  nlohmann::json node = nlohmann::json::object();
  for (const auto& [name, part] : *parts) node[name] = to_json(part);
  return node;
}

}  // namespace spanlab::host
