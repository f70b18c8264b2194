// SPDX-License-Identifier: MIT
// The union of two views' annotations, gold and predicted, and its scores, against systems/two_views.
#include "evaluate/annotation_union.hpp"

#include <algorithm>
#include <set>

#include "evaluate/metrics.hpp"
#include "evaluate/score_path.hpp"
#include "parity/fixtures.hpp"
#include "parity/spert_model.hpp"

namespace spanlab::test {

namespace {

Annotation annotation_in(const nlohmann::json& view, const Inventory& inventory) {
  Annotation annotation;
  for (const nlohmann::json& item : view["entities"]) {
    annotation.entities.push_back(
        {{item["start"], item["end"]}, type_index(inventory.entities, item["type"])});
  }
  for (const nlohmann::json& item : view["relations"]) {
    annotation.relations.push_back(
        {item["head"], item["tail"], type_index(inventory.relations, item["type"])});
  }
  return annotation;
}

void compare_scores(Comparison& comparison, const ScoreTree& got, const nlohmann::json& expected,
                    const std::string& place) {
  const std::pair<const char*, const char*> tables[]{
      {"ner", "entity"}, {"rel", "relation.boundary"}, {"rel_nec", "relation.strict"}};
  for (const auto& [name, table] : tables) {
    for (const char* measure : {"precision", "recall", "f1", "support"}) {
      const std::optional<double> number = find_score(got, std::string(table) + "." + measure);
      comparison.absolute(measure, number.value_or(std::nan("")), expected[name][measure], 1e-9,
                          place + " " + table);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_union) {
  if (fixtures_folder("systems/two_views").empty()) return;
  Comparison comparison("union of two views");
  for (const std::filesystem::path& folder : cases("systems/two_views")) {
    if (!std::filesystem::exists(folder / "union.json")) continue;
    const Inventory inventory = labels_of(read_json(folder / "config.json")).inventories.front();
    const nlohmann::json expected = read_json(folder / "union.json");
    std::map<std::string, std::vector<Annotation>> gold, predicted;
    for (const nlohmann::json& one : expected["cases"]) {
      for (const char* view : {"sci", "sem"}) {
        gold[view].push_back(annotation_in(one["gold"][view], inventory));
        predicted[view].push_back(annotation_in(one["predictions"][view], inventory));
      }
    }
    gold["union"] = unite(gold["sci"], gold["sem"]);
    predicted["union"] = unite(predicted["sci"], predicted["sem"]);
    for (std::size_t i = 0; i < expected["cases"].size(); ++i) {
      const nlohmann::json& one = expected["cases"][i];
      for (const auto& [part, united] :
           {std::pair("gold", &gold["union"][i]), std::pair("predictions", &predicted["union"][i])}) {
        const Annotation wanted = annotation_in(one[part]["union"], inventory);
        comparison.exact("entities", united->entities == wanted.entities, one["name"]);
        const std::set<Relation> found(united->relations.begin(), united->relations.end()),
            all(wanted.relations.begin(), wanted.relations.end());
        comparison.exact("relations", found == all && united->relations.size() == wanted.relations.size(),
                         one["name"]);
      }
    }
    for (const char* output : {"sci", "sem", "union"}) {
      const ScoreTree scores =
          score_tree(score(gold[output], predicted[output], inventory, Overlap::allowed));
      compare_scores(comparison, scores, expected["metrics"][output], output);
    }
  }
}

}  // namespace spanlab::test
