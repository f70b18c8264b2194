// SPDX-License-Identifier: MIT
// BIO tags: sentence after sentence, and how much of whole data sets they cannot hold.
#include <algorithm>
#include <set>

#include "components.hpp"
#include "parity/fixtures.hpp"
#include "spanlab/sampler.hpp"
#include "spanlab/tags.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

/// Entities and relations of an item as the fixtures and data sets write it; types are numbered as they come.
Annotation numbered_annotation(const json& item, std::vector<std::string>& types) {
  Annotation annotation;
  for (const json& entity : item.at("entities")) {
    const std::string name = entity.at("type");
    if (std::ranges::find(types, name) == types.end()) types.push_back(name);
    const auto type = static_cast<std::int32_t>(std::ranges::find(types, name) - types.begin());
    annotation.entities.push_back({{entity.at("start"), entity.at("end")}, type});
  }
  for (const json& relation : item.value("relations", json::array()))
    annotation.relations.push_back({relation.at("head"), relation.at("tail"), 0});
  return annotation;
}

std::vector<std::int64_t> tag_numbers(const json& tags) {
  std::vector<std::int64_t> numbers;
  for (const std::string tag : tags)
    numbers.push_back(tag == "O" ? 0 : (tag.back() - 'A') * 2 + (tag.front() == 'B' ? 1 : 2));
  return numbers;
}

/// What tags lose of a data set. The pair sampler leaves out the relations whose arguments the tags do not
/// hold.
json losses_of_tags(const std::filesystem::path& file) {
  const Inventory inventory{{{"Entity", "", false}}, {{"Relation", "", false}}};
  const auto sampler =
      components().sampler("all", Parameters(components().info(ComponentKind::sampler, "all").schema, {}),
                           {HeadKind::pairs, inventory, {}});
  std::map<std::string, std::int64_t> counts;
  Generator unused(0);
  for (const json& item : read_json(file)) {
    std::vector<std::string> types;
    const Sentence sentence{"", "", item.at("tokens"), {numbered_annotation(item, types)}};
    const Annotation& gold = sentence.views[0];
    const SpanSample kept = sampler->sample_words(sentence, gold);
    std::size_t relations = 0;
    for (const GoldItems& items : sampler->sample_pairs(sentence, gold, inventory, kept, unused).gold)
      relations += items.size();
    std::set<Entity> before, after;
    for (const GoldItems& items : kept.gold)
      before.insert(gold.entities[static_cast<std::size_t>(items.front())]);
    for (const Entity& entity : from_tags(to_tags(gold, std::ssize(sentence.words)))) after.insert(entity);
    const std::size_t dropped = gold.entities.size() - kept.spans.size();
    counts["sentences"] += 1;
    counts["entities"] += std::ssize(gold.entities);
    counts["entities_dropped"] += static_cast<std::int64_t>(dropped);
    counts["sentences_with_a_drop"] += dropped > 0;
    counts["relations"] += std::ssize(gold.relations);
    counts["relations_that_lose_an_argument"] += static_cast<std::int64_t>(gold.relations.size() - relations);
    counts["round_trip_differs"] += before != after;
  }
  return counts;
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_tags) {
  const std::filesystem::path folder = fixtures_folder("systems/crf");
  if (folder.empty()) return;
  Comparison comparison("tags");
  for (const json& line : read_json_lines(folder / "bio.jsonl")) {
    std::vector<std::string> names, tags;
    const Annotation annotation = numbered_annotation(line, names);
    for (const std::int64_t tag : to_tags(annotation, std::ssize(line.at("tokens")))) {
      tags.push_back(
          tag == 0 ? "O" : (tag % 2 == 1 ? "B-" : "I-") + names[static_cast<std::size_t>((tag - 1) / 2)]);
    }
    const std::string place = line.at("dataset").get<std::string>() + " " +
                              (line.contains("index") ? line.at("index") : line.at("tokens")).dump();
    comparison.exact("tags", tags == line.at("tags"), place);
    comparison.exact("kept entities", taggable(annotation) == line.at("kept"), place);
  }
  for (const json& line : read_json_lines(folder / "decode.jsonl")) {
    json spans = json::array();
    for (const Entity& entity : from_tags(tag_numbers(line.at("tags")))) {
      spans.push_back({{"start", entity.span.begin},
                       {"end", entity.span.end},
                       {"type", std::string(1, static_cast<char>('A' + entity.type))}});
    }
    comparison.exact("decoded", spans == line.at("spans"), line.dump());
  }
}

BOOST_AUTO_TEST_CASE(parity_tags_of_data_sets) {
  const std::filesystem::path file = fixtures_folder("systems/crf/bio_counts.json");
  if (file.empty() || !data_sets_at_hand()) return;
  Comparison comparison("tags of data sets");
  const json all = read_json(file);
  for (const auto& [name, expected] : all.items()) {
    const json counts = losses_of_tags(data_set_file(name + ".json"));
    for (const auto& [what, number] : expected.items()) {
      // How much another rule would drop, which is not ours: the first in the text stays.
      if (what != "entities_dropped_if_first_in_text_stays")
        comparison.exact(what, counts.value(what, json()) == number, name + " " + what);
    }
  }
}

}  // namespace spanlab::test
