// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "app/compare.hpp"
#include "sdk/utf8.hpp"

namespace spanlab::host::app {

using nlohmann::json;

namespace {

json scores_json(const std::vector<ComparedScore>& scores) {
  json all = json::array();
  for (const ComparedScore& score : scores) {
    json node{{"path", score.path}, {"a", score.a}, {"b", score.b}, {"claim", nullptr}, {"test", nullptr}};
    if (!score.claim.empty()) node["claim"] = score.claim;
    if (!score.test.reason.empty()) node["reason"] = score.test.reason;
    if (score.test.interval && score.test.p) {
      node["test"] = {{"procedure", score.test.procedure},
                      {"difference", score.test.difference},
                      {"interval", {score.test.interval->low, score.test.interval->high}},
                      {"p", *score.test.p}};
    }
    all.push_back(std::move(node));
  }
  return all;
}

json errors_json(const std::vector<ErrorExample>& errors) {
  json all = json::array();
  for (const ErrorExample& error : errors) {
    all.push_back({{"category", error.category},
                   {"gold", error.gold},
                   {"predicted", error.predicted},
                   {"seeds", error.seeds}});
  }
  return all;
}

json sentences_json(const std::vector<ComparedSentence>& sentences) {
  json all = json::array();
  for (const ComparedSentence& one : sentences) {
    all.push_back({{"sentence", one.sentence},
                   {"id", valid_utf8(one.id)},
                   {"text", one.text},
                   {"right", {{"a", one.right_a}, {"b", one.right_b}}},
                   {"errors", {{"a", one.errors_a}, {"b", one.errors_b}}},
                   {"wrong_a", errors_json(one.wrong_a)},
                   {"wrong_b", errors_json(one.wrong_b)}});
  }
  return all;
}

}  // namespace

std::string compared_json(const Compared& compared) {
  json configuration = json::array(), types = json::array(), rows = json::array();
  for (const ConfigurationDifference& one : compared.configuration)
    configuration.push_back({{"path", one.path}, {"a", one.a}, {"b", one.b}});
  for (const ComparedType& type : compared.types)
    types.push_back({{"type", type.type}, {"a", type.a.f1}, {"b", type.b.f1}});
  for (const ComparedRow& row : compared.rows)
    rows.push_back({{"row", row.label}, {"scores", scores_json(row.scores)}});
  const json all{{"a", {{"name", compared.a.name}, {"trials", compared.trials_a}}},
                 {"b", {{"name", compared.b.name}, {"trials", compared.trials_b}}},
                 {"configuration", std::move(configuration)},
                 {"scores", scores_json(compared.scores)},
                 {"types", std::move(types)},
                 {"rows", std::move(rows)},
                 {"only_a", compared.only_a},
                 {"only_b", compared.only_b},
                 {"a_right_found", compared.a_right_found},
                 {"a_right", sentences_json(compared.a_right)},
                 {"b_right_found", compared.b_right_found},
                 {"b_right", sentences_json(compared.b_right)},
                 {"notes", compared.notes}};
  return all.dump(2);
}

}  // namespace spanlab::host::app
