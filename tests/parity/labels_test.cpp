// SPDX-License-Identifier: MIT
// The soft-labelers against systems/labels. Targets are single precision: they must be the fixtures' numbers,
// rounded once.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "components.hpp"
#include "parity/agreement_levels.hpp"
#include "parity/fixtures.hpp"
#include "parity/spert_model.hpp"
#include "soft_labels/views.hpp"
#include "spanlab/labeler.hpp"

namespace spanlab::test {

namespace {

using Given = std::map<std::string, Value>;

const std::vector<std::string> kViews{"sci", "sem"};

Inventory numbered(std::size_t types) {
  Inventory inventory{{{"Entity", "", false}}, {}};
  for (std::size_t type = 0; type < types; ++type)
    inventory.relations.push_back({"R" + std::to_string(type), "", false});
  return inventory;
}

std::vector<float> labelled(const std::string& id, const Given& given, const Inventory& inventory,
                            std::size_t view, const Sentence& sentence, const SpanSample& spans,
                            const PairSample& pairs) {
  const std::vector<Inventory> inventories{inventory, inventory};
  const auto labeler =
      components().labeler(id, Parameters(components().info(ComponentKind::labeler, id).schema, given),
                           {HeadKind::pairs, kViews, inventories, view});
  std::vector<float> targets(pairs.pairs.size() * inventory.relations.size());
  labeler->label_pairs(sentence, view, spans, pairs, inventory.relations.size(), targets);
  return targets;
}

// One pair of spans; relations of these types in either view.
Sentence sentence_with(const nlohmann::json& own, const nlohmann::json& other) {
  const std::vector<Entity> entities{{{0, 1}, 0}, {{1, 2}, 0}};
  Sentence sentence{"", "", {"a", "b"}, {{entities, {}}, {entities, {}}}};
  for (const nlohmann::json& type : own) sentence.views[0].relations.push_back({0, 1, type});
  for (const nlohmann::json& type : other) sentence.views[1].relations.push_back({0, 1, type});
  return sentence;
}

void compare(Comparison& comparison, std::span<const float> got, const nlohmann::json& expected,
             const std::string& place) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    comparison.exact("targets", got[i] == static_cast<float>(expected[i].get<double>()),
                     fmt::format("{} [{}]", place, i));
  }
}

// The level of each of the pair's `types`, which a pair of that type alone shows. A type counts once, however
// often the data repeat a relation.
void compare_levels(Comparison& comparison, const AgreementValues& values, const Inventory& inventory,
                    std::size_t view, const Sentence& sentence, const SpanSample& spans, const Pair& pair,
                    const std::vector<std::int32_t>& types, const nlohmann::json& expected,
                    const std::string& place) {
  nlohmann::json levels = nlohmann::json::array();
  const std::vector<Relation>& relations = sentence.views[view].relations;
  for (const std::int32_t type : types) {
    const auto item = std::ranges::find_if(relations, [&](const Relation& relation) {
      return Pair{relation.head, relation.tail} == pair && relation.type == type;
    });
    BOOST_REQUIRE_MESSAGE(item != relations.end(), "no gold relation of that type: " << place);
    const GoldItems one{static_cast<std::int32_t>(item - relations.begin())};
    const std::vector<float> target =
        labelled("agreement", values.given(), inventory, view, sentence, spans, {{pair}, {one}});
    levels.push_back(values.level_of(target[static_cast<std::size_t>(type)]));
  }
  if (types.empty()) levels.push_back("negative");
  comparison.exact("levels", levels == expected, place);
}

// What the fixture says that the other types of five get is what the levels leave for them.
void compare_rest(Comparison& comparison, const AgreementValues& values, const nlohmann::json& expected) {
  const std::pair<const char*, nlohmann::json> others[]{{"high", nlohmann::json::array({0})},
                                                        {"medium", nlohmann::json::array()},
                                                        {"low", nlohmann::json::array({1})}};
  for (const auto& [level, other] : others) {
    const Sentence sentence = sentence_with(nlohmann::json::array({0}), other);
    const float rest = labelled("agreement", values.given(), numbered(5), 0, sentence,
                                {{{0, 1}, {1, 2}}, {{0}, {1}}}, {{{0, 1}}, {{0}}})[4];
    comparison.exact("parameters", rest == static_cast<float>(expected.at(level).get<double>()),
                     std::string("rest ") + level);
  }
}

void compare_type_lists(const std::string& id) {
  Comparison comparison("labels/" + id);
  const nlohmann::json content = read_json(fixtures_folder() / "systems/labels" / (id + ".json"));
  std::optional<AgreementValues> values;
  if (id == "agreement") values.emplace(content.at("parameters"));
  for (const nlohmann::json& one : content["cases"]) {
    const bool mixture = id == "mixture";
    const nlohmann::json& own = one[mixture ? "sci" : "own"];
    const Sentence sentence =
        sentence_with(own, one.value(mixture ? "sem" : "other", nlohmann::json::array()));
    PairSample pairs{{{0, 1}}, {}};
    for (std::int32_t i = 0; i < std::ssize(own); ++i) {
      pairs.gold.resize(1);
      pairs.gold[0].push_back(i);
    }
    Given given = values ? values->given() : Given();
    if (one.contains("epsilon")) given["epsilon"] = one["epsilon"].get<double>();
    if (mixture) given["weight"] = one["weight"].get<double>();
    const SpanSample spans{{{0, 1}, {1, 2}}, {{0}, {1}}};
    compare(comparison, labelled(id, given, numbered(one["types"]), 0, sentence, spans, pairs), one["target"],
            one["name"]);
    if (!values) continue;
    compare_levels(comparison, *values, numbered(one["types"]), 0, sentence, spans, {0, 1}, own,
                   one["levels"], one["name"]);
  }
  if (values) compare_rest(comparison, *values, content["parameters"].at("rest"));
}

/// A view of a sentence of sentences.jsonl, its relations turned where the file says so.
Annotation view_of(const nlohmann::json& view, const Inventory& inventory, const nlohmann::json& flipped) {
  Annotation annotation;
  for (const nlohmann::json& entity : view["entities"])
    annotation.entities.push_back({{entity["start"], entity["end"]}, 0});
  for (const nlohmann::json& item : view["relations"]) {
    Relation relation{item["head"], item["tail"], type_index(inventory.relations, item["type"])};
    if (std::find(flipped.begin(), flipped.end(), item["type"]) != flipped.end())
      std::swap(relation.head, relation.tail);
    annotation.relations.push_back(relation);
  }
  return annotation;
}

void compare_sentences(const std::filesystem::path& file, const Inventory& inventory,
                       const AgreementValues& values) {
  Comparison comparison("labels/" + file.filename().string());
  const std::vector<Inventory> inventories{inventory, inventory};
  for (const nlohmann::json& line : read_json_lines(file)) {
    Sentence sentence{"", "", line["tokens"], {}};
    const nlohmann::json none = nlohmann::json::array();
    for (const std::string& view : kViews) {
      sentence.views.push_back(
          view_of(line[view], inventory, view == "sem" ? line.value("flipped_sem_types", none) : none));
    }
    for (std::size_t view = 0; view < kViews.size(); ++view) {
      const Annotation& own = sentence.views[view];
      SpanSample spans;
      for (std::int32_t i = 0; i < std::ssize(own.entities); ++i)
        spans.spans.push_back(own.entities[i].span), spans.gold.push_back({i});
      for (const nlohmann::json& candidate : line[kViews[view]]["candidates"]) {
        PairSample pair{{{candidate["head"], candidate["tail"]}}, {}};
        GoldItems items;
        for (std::int32_t i = 0; i < std::ssize(own.relations); ++i) {
          if (own.relations[i].head == candidate["head"] && own.relations[i].tail == candidate["tail"])
            items.push_back(i);
        }
        if (!items.empty()) pair.gold.push_back(items);
        const std::string place = line["index"].dump() + " " + kViews[view];
        std::vector<std::int32_t> types;
        for (const std::string name : candidate["types"])
          types.push_back(type_index(inventory.relations, name));
        const auto is_listed = [&](std::int32_t item) {
          return std::ranges::count(types, own.relations[static_cast<std::size_t>(item)].type) > 0;
        };
        comparison.exact("gold pairs",
                         items.empty() == types.empty() && std::ranges::all_of(items, is_listed), place);
        compare(comparison, labelled("agreement", values.given(), inventory, view, sentence, spans, pair),
                candidate["target"], place);
        compare_levels(comparison, values, inventory, view, sentence, spans, pair.pairs[0], types,
                       candidate["levels"], place);
        std::set<std::string> others;
        const OtherView other("", {HeadKind::pairs, kViews, inventories, view});
        for (const std::int32_t type :
             other.of_pair(sentence, spans.spans[pair.pairs[0].head], spans.spans[pair.pairs[0].tail])) {
          others.insert(inventory.relations[static_cast<std::size_t>(type)].name);
        }
        comparison.exact("types of the other view",
                         others == candidate["other_view_types"].get<std::set<std::string>>(), place);
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_labels) {
  if (fixtures_folder("systems/labels").empty()) return;
  for (const char* id : {"agreement", "smoothing", "mixture"}) compare_type_lists(id);
  Inventory inventory{{{"Entity", "", false}}, {}};
  const nlohmann::json totals = read_json(fixtures_folder() / "systems/labels/totals.json");
  for (const std::string name : totals.at("types")) inventory.relations.push_back({name, "", false});
  const AgreementValues values(
      read_json(fixtures_folder() / "systems/labels/agreement.json").at("parameters"));
  for (const std::filesystem::path& file : cases("systems/labels")) {
    if (file.extension() == ".jsonl") compare_sentences(file, inventory, values);
  }
}

}  // namespace spanlab::test
