// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "label_variation/sets.hpp"
#include "files/checksum.hpp"
#include "data/toml_file.hpp"
#include "files/new_folder.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

constexpr const char* kFolder = "label_variation_built";
constexpr const char* kReducedTitle =
    "Label variation, built: SciERC and SemEval 2018 views of the same abstracts, reduced types";
constexpr const char* kFullTitle =
    "Label variation, built: SciERC with added SemEval 2018 labels, full types";

void add_view(ordered_json& item, const std::string& view, const Annotation& annotation,
              const Inventory& types) {
  ordered_json entities = ordered_json::array(), relations = ordered_json::array();
  for (const Entity& entity : annotation.entities) {
    entities.push_back({{"type", types.entities[static_cast<std::size_t>(entity.type)].name},
                        {"start", entity.span.begin},
                        {"end", entity.span.end}});
  }
  for (const Relation& relation : annotation.relations) {
    relations.push_back({{"type", types.relations[static_cast<std::size_t>(relation.type)].name},
                         {"head", relation.head},
                         {"tail", relation.tail}});
  }
  item[view + "_entities"] = std::move(entities);
  item[view + "_relations"] = std::move(relations);
}

// SpERT's form with two views, an item a line.
std::string text_of(const BuiltSet& set) {
  const std::vector<Inventory> types = label_variation_types(set.reduced);
  std::string text;
  for (const Sentence& sentence : set.sentences) {
    ordered_json item{{"orig_id", sentence.id}, {"document", sentence.document}, {"tokens", sentence.words}};
    add_view(item, "sci", sentence.views[0], types[0]);
    add_view(item, "sem", sentence.views[1], types[1]);
    text += (text.empty() ? "[\n" : ",\n") + item.dump();
  }
  return text + "\n]\n";
}

DataCard card_of(const std::string& name, bool reduced) {
  DataCard card;
  card.name = name;
  card.title = reduced ? kReducedTitle : kFullTitle;
  card.licence = "that of SciERC and SemEval-2018 Task 7: none stated";
  card.source = "spanlab data build label-variation";
  card.reader.id = "spert";
  card.folder = kFolder;
  card.inventories = label_variation_types(reduced);
  card.views = {"sci", "sem"};
  card.primary = "boundary";
  return card;
}

// A reduced training set is part of the whole one, and the overlapping test abstracts are part of all.
void set_apart(DataCard& card) {
  std::vector<std::string> tests;
  for (const auto& [name, file] : card.splits) {
    if (name.starts_with("test") && name != "test_overlap") tests.push_back(name);
  }
  card.apart = {{"train"}};
  card.apart.front().insert(card.apart.front().end(), tests.begin(), tests.end());
}

std::string split_name(const std::string& set) {
  if (set == "overlap" || set == "standard_train") return "train";
  if (set == "standard_test") return "test";
  if (set == "standard_overlap") return "test_overlap";
  if (set == "sci_non_overlap") return "test_sci";
  return set == "sem_non_overlap" ? "test_sem" : set;
}

}  // namespace

void write_label_variation(const LabelVariation& built, const std::string& report, const fs::path& folder) {
  NewFolder made(folder, "--out");
  DataCard reduced = card_of("label_variation_overlap_built", true),
           full = card_of("label_variation_built", false);
  for (const BuiltSet& set : built.sets) {
    const std::string text = text_of(set), path = set.name + ".json";
    made.write(fs::path(kFolder) / path, text);
    (set.reduced ? reduced : full).splits[split_name(set.name)] = {path, sha256_of(text)};
  }
  for (DataCard* card : {&reduced, &full}) {
    set_apart(*card);
    made.write(card->name + ".toml", to_toml(*card));
  }
  made.write("report.txt", report);
  made.keep();
}

}  // namespace spanlab::host
