// SPDX-License-Identifier: MIT
#include "data/dataset.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "data/readers.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

// The types in the order of the file: a type's number is its place.
std::vector<LabelType> types_of(const nlohmann::ordered_json& root, const char* key, const fs::path& file, std::vector<Problem>& problems) {
  std::vector<LabelType> types;
  if (!root.is_object() || !root.contains(key) || !root[key].is_object()) {
    problems.push_back({file.string(), fmt::format("must be an object with an object '{}'", key)});
    return types;
  }
  for (const auto& [name, node] : root[key].items()) {
    LabelType type{name, name, false};
    if (node.is_object() && node.contains("verbose") && node["verbose"].is_string()) type.title = node["verbose"].template get<std::string>();
    if (node.is_object() && node.contains("symmetric") && node["symmetric"].is_boolean()) type.symmetric = node["symmetric"].template get<bool>();
    types.push_back(std::move(type));
  }
  return types;
}

// A gold entity that is there twice would be sampled and counted twice.
void check_repetitions(const std::vector<Sentence>& sentences, const Source& source, std::vector<Problem>& problems) {
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    for (std::size_t v = 0; v < sentences[s].views.size(); ++v) {
      const auto& entities = sentences[s].views[v].entities;
      std::map<Entity, std::size_t> seen;
      for (std::size_t i = 0; i < entities.size(); ++i) {
        if (entities[i].type < 0 || entities[i].span.width() <= 0) continue;
        const auto [first, is_new] = seen.emplace(entities[i], i);
        if (is_new) continue;
        const std::string& type = source.inventories[v].entities[static_cast<std::size_t>(entities[i].type)].name;
        problems.push_back({fmt::format("{}: item {} ({})", source.file.string(), s, sentences[s].id),
                            fmt::format("entity {} repeats entity {}: {} at words [{}, {})", i, first->second, type, entities[i].span.begin,
                                        entities[i].span.end)});
      }
    }
  }
}

void make_unique(std::vector<Sentence>& sentences) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    std::string id = sentences[i].id.empty() ? std::to_string(i) : sentences[i].id;
    for (int copy = 2; !seen.insert(id).second; ++copy) id = fmt::format("{}#{}", sentences[i].id.empty() ? std::to_string(i) : sentences[i].id, copy);
    sentences[i].id = std::move(id);
  }
}

std::vector<Sentence> read_split(const DataCard& card, const Source& source, std::vector<Problem>& problems) {
  std::vector<Sentence> sentences = card.reader == "scierc" ? read_scierc_documents(source, problems) : read_spert_items(source, problems);
  check_repetitions(sentences, source, problems);
  return sentences;
}

}  // namespace

Inventory read_types(const fs::path& file) {
  std::vector<Problem> problems;
  Inventory inventory;
  const std::string text = read_text(file, problems);
  if (problems.empty()) parse_json(text, file, 1, problems);
  if (problems.empty()) {
    const auto root = nlohmann::ordered_json::parse(text);
    inventory.entities = types_of(root, "entities", file, problems);
    inventory.relations = types_of(root, "relations", file, problems);
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return inventory;
}

std::vector<Sentence> read_spert(const fs::path& file, const Inventory& inventory, Annotations annotations) {
  std::vector<Problem> problems;
  auto sentences = read_spert_items({file, {"default"}, {&inventory, 1}, annotations}, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  make_unique(sentences);
  return sentences;
}

Corpus read_corpus(const DataCard& card, const fs::path& folder, std::span<const std::string> splits, std::int64_t limit) {
  Corpus corpus;
  corpus.views = card.views;
  if (card.types) {
    verify(folder, *card.types);
    corpus.inventories.assign(card.views.size(), read_types(folder / card.types->path));
  } else {
    corpus.inventories = card.inventories;
  }
  std::vector<Problem> problems;
  for (const std::string& split : splits) {
    const CardFile& file = split_file(card, split);
    try {
      verify(folder, file);
    } catch (const Error& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
      continue;
    }
    for (Sentence& sentence : read_split(card, {folder / file.path, corpus.views, corpus.inventories}, problems)) {
      corpus.sentences.push_back(std::move(sentence));
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  if (limit > 0 && static_cast<std::size_t>(limit) < corpus.sentences.size()) corpus.sentences.resize(static_cast<std::size_t>(limit));
  make_unique(corpus.sentences);
  return corpus;
}

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const auto plus = text.find('+');
    names.emplace_back(text.substr(0, plus));
    text.remove_prefix(plus == std::string_view::npos ? text.size() : plus + 1);
  }
  return names;
}

const Schema& data_schema() {
  static const Schema schema = [] {
    Schema s;
    s.text("name", "", "The data set: the name of a card, see `spanlab data list`.");
    s.text("train", "train", "The splits to train on, joined by `+`: `train+dev`.");
    s.text("dev", "", "The splits scored after each epoch; empty for none.");
    s.text("test", "test", "The splits scored at the end; empty for none.");
    s.integer("limit", 0, "Use only the first sentences of each union of splits; 0 for all.").range(0, std::numeric_limits<double>::infinity()).unit("sentences");
    s.text("overlap", "", "Whether entities that share words count in the scores; not set: what the card says.").choices({"allowed", "removed"}).unset();
    return s;
  }();
  return schema;
}

}  // namespace spanlab
