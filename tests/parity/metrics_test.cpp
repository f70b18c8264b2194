// SPDX-License-Identifier: MIT
#include "evaluate/metrics.hpp"

#include "parity/fixtures.hpp"
#include "records/score_json.hpp"

namespace spanlab::test {
namespace {

Inventory inventory_of(const nlohmann::ordered_json& types) {
  Inventory inventory;
  for (const auto& [name, type] : types["entities"].items())
    inventory.entities.push_back({name, type["verbose"], false});
  for (const auto& [name, type] : types["relations"].items()) {
    inventory.relations.push_back({name, type["verbose"], type["symmetric"].get<bool>()});
  }
  return inventory;
}

std::int32_t index_of(const std::vector<LabelType>& types, const std::string& name) {
  auto found = std::ranges::find(types, name, &LabelType::name);
  BOOST_REQUIRE_MESSAGE(found != types.end(), "unknown type " << name);
  return static_cast<std::int32_t>(found - types.begin());
}

std::vector<Annotation> annotations(const std::filesystem::path& file, const Inventory& inventory) {
  std::vector<Annotation> result;
  for (const auto& item : read_json(file)) {
    Annotation& annotation = result.emplace_back();
    for (const auto& entity : item["entities"]) {
      annotation.entities.push_back(
          {{entity["start"], entity["end"]}, index_of(inventory.entities, entity["type"])});
    }
    for (const auto& relation : item["relations"]) {
      annotation.relations.push_back(
          {relation["head"], relation["tail"], index_of(inventory.relations, relation["type"])});
    }
  }
  return result;
}

void compare(Comparison& comparison, const nlohmann::json& got, const nlohmann::json& expected,
             const std::string& place) {
  for (const auto& [name, value] : expected.items()) {
    if (value.is_number()) {
      double number = got.contains(name) ? got[name].get<double>() : std::nan("");
      comparison.absolute(name, number, value.get<double>(), 1e-9, place + "." + name);
    } else {
      compare(comparison, got.value(name, nlohmann::json::object()), value, place + "." + name);
    }
  }
  comparison.exact("members", got.size() == expected.size(), place);
}

}  // namespace

BOOST_AUTO_TEST_CASE(metrics_are_the_reference_s) {
  if (fixtures_folder("metrics").empty()) return;
  Comparison comparison("metrics");
  for (const auto& folder : cases("metrics")) {
    std::ifstream types(folder / "types.json");
    Inventory inventory = inventory_of(nlohmann::ordered_json::parse(types));
    nlohmann::json expected_cases = read_json(folder / "expected.json");
    for (const auto& [name, expected] : expected_cases.items()) {
      Overlap overlap = expected["no_overlapping"].get<bool>() ? Overlap::removed : Overlap::allowed;
      auto gold = annotations(folder / expected["gold"].get<std::string>(), inventory);
      auto predicted = annotations(folder / expected["predictions"].get<std::string>(), inventory);
      nlohmann::json got = to_json(score_tree(score(gold, predicted, inventory, overlap)));
      std::string place = folder.filename().string() + " " + name;
      auto check = [&](const char* metric, const nlohmann::json& table) {
        if (!expected[metric].contains("error"))
          compare(comparison, table, expected[metric], place + " " + metric);
      };
      check("ner", got["entity"]);
      check("rel", got["relation"]["boundary"]);
      check("rel_nec", got["relation"]["strict"]);
    }
  }
}

}  // namespace spanlab::test
