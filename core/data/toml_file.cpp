// SPDX-License-Identifier: MIT
#include "data/toml_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "data/card_reader.hpp"
#include "data/dataset.hpp"
#include "data/toml_table.hpp"
#include "data/type_names.hpp"
#include "text/names.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

// Names of a card become parts of files' names and beginnings of paths.
void check_name(Named kind, const std::string& name, const toml::source_region& where, TomlTable& table) {
  if (std::string wrong = wrong_name(kind, name); !wrong.empty()) table.add(where, std::move(wrong));
}

void read_views(DataCard& card, TomlTable& root) {
  card.views = root.texts_or("views", {"default"});
  const toml::source_region& where = root.source("views");
  if (card.views.empty()) root.add(where, "views: expected at least one");
  for (std::size_t i = 0; i < card.views.size(); ++i) {
    check_name(Named::view, card.views[i], where, root);
    if (std::ranges::find(card.views, card.views[i]) < card.views.begin() + static_cast<std::ptrdiff_t>(i))
      root.add(where, fmt::format("views: '{}' stands twice", card.views[i]));
  }
}

CardFile whole_card_file(TomlTable& table) {
  CardFile file = table.card_file();
  table.finish();
  return file;
}

// The names of a list, each once.
std::vector<std::string> type_names(TomlTable& table, const char* key) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const std::string& name : table.texts_or(key, {})) {
    if (const std::string wrong = wrong_type_name(name); !wrong.empty())
      table.add(table.source(key), fmt::format("{}: {}", table.path(key), wrong));
    else if (!seen.insert(name).second)
      table.add(table.source(key), fmt::format("{}: '{}' stands twice", table.path(key), name));
    else
      names.push_back(name);
  }
  return names;
}

Inventory inventory(TomlTable table) {
  Inventory result;
  const std::vector<std::string> symmetric = type_names(table, "symmetric"),
                                 relations = type_names(table, "relations");
  const std::set<std::string> turned(symmetric.begin(), symmetric.end());
  for (const std::string& name : type_names(table, "entities"))
    result.entities.push_back({name, name, false});
  for (const std::string& name : relations) result.relations.push_back({name, name, turned.contains(name)});
  for (const std::string& name : symmetric) {
    if (std::ranges::find(relations, name) == relations.end()) {
      table.add(table.source("symmetric"),
                fmt::format("{}: '{}' is not among the relations{}", table.path("symmetric"), name,
                            did_you_mean(name, relations)));
    }
  }
  table.finish();
  return result;
}

void read_types_of(DataCard& card, TomlTable& root) {
  if (auto types = root.table("types")) card.types = whole_card_file(*types);
  auto inventories = root.table("inventory");
  if (inventories) {
    for (const std::string& view : card.views) {
      if (auto table = inventories->table(view))
        card.inventories.push_back(inventory(*table));
      else
        inventories->add(inventories->source(), fmt::format("'{}' is missing", inventories->path(view)));
    }
    inventories->finish();
  }
  if (card.types.has_value() == inventories.has_value()) {
    root.add(root.source(), "expected either [types] (a file) or [inventory.<view>] (lists) for the types");
  }
}

void read_apart(DataCard& card, TomlTable& root) {
  std::vector<std::string> all;
  for (const auto& [name, file] : card.splits) all.push_back(name);
  std::ranges::stable_partition(all, [](const std::string& name) { return name.starts_with("train"); });
  for (const std::string& text : root.texts_or("apart", {})) {
    card.apart.push_back(split_names(text));
    for (const std::string& name : card.apart.back()) {
      if (card.splits.contains(name)) continue;
      root.add(root.source(), fmt::format("apart: there is no split '{}'{}", name, did_you_mean(name, all)));
    }
  }
  if (card.apart.empty()) card.apart.push_back(all);
}

// The split's own file, and those that its reader wants beside it.
void read_split(DataCard& card, const ComponentInfo& reader, const std::string& name, TomlTable& split) {
  card.splits[name] = split.card_file();
  card.splits[name].first = split.count_or("first", 0);
  for (const std::string& other : reader.beside) {
    if (auto file = split.table(other))
      card.beside[name][other] = whole_card_file(*file);
    else
      split.add(split.source(), fmt::format("'{}' is missing: the file of {}", split.path(other), other));
  }
  split.finish();
}

void read_splits(DataCard& card, const ComponentInfo& reader, TomlTable& root) {
  auto splits = root.table("splits");
  if (!splits) return;
  for (const std::string& name : splits->keys()) {
    check_name(Named::split, name, splits->source(name), *splits);
    if (auto split = splits->table(name)) read_split(card, reader, name, *split);
  }
}

void read_evaluation(DataCard& card, TomlTable& root) {
  auto evaluation = root.table("evaluation");
  if (!evaluation) return root.add(root.source(), "table [evaluation] is missing");
  card.primary = evaluation->choice("primary", {"strict", "boundary"});
  const std::string overlap = evaluation->choice("overlap", {"allowed", "removed"}, "allowed");
  card.overlap = overlap == "removed" ? Overlap::removed : Overlap::allowed;
  evaluation->finish();
}

}  // namespace

DataCard read_data_card(const fs::path& file, const Registry& components, std::vector<Problem>& problems) {
  DataCard card;
  card.name = file.stem().string();
  card.file = file;
  const auto document = parse_toml(file, problems);
  if (!document) return card;
  TomlTable root(*document, "", file.string(), problems);
  check_name(Named::card, card.name, root.source(), root);
  card.title = root.text("title");
  card.licence = root.text("licence");
  card.source = root.text("source");
  card.reader = read_card_reader(root, components);
  ComponentInfo reader{.views = true};  // of one that is unknown, nothing more is told
  if (!card.reader.id.empty()) reader = components.info(ComponentKind::reader, card.reader.id);
  card.folder = root.text_or("folder", card.name.c_str());
  read_views(card, root);
  if (card.views.size() > 1 && !reader.views)
    root.add(root.source("views"), fmt::format("views: the reader '{}' knows one view", card.reader.id));
  read_evaluation(card, root);
  read_types_of(card, root);
  read_splits(card, reader, root);
  card.folds = root.count_or("folds", 0);
  card.skip_empty = root.choice("without_words", {"refused", "skipped"}, "refused") == "skipped";
  read_apart(card, root);
  if (card.splits.empty()) root.add(root.source(), "no splits: expected tables [splits.<name>]");
  root.finish();
  return card;
}

bool is_foreign_toml(const fs::path& file) {
  std::vector<Problem> ignored;
  const auto document = parse_toml(file, ignored);
  if (!document) return false;
  constexpr std::array<const char*, 6> kMarks{"reader",     "splits", "inventory",
                                              "evaluation", "files",  "uncased"};
  return std::ranges::none_of(kMarks, [&](const char* key) { return document->contains(key); });
}

std::string to_toml(const DataCard& card) {
  auto list = [](const auto& names) {
    toml::array array;
    for (const auto& name : names) array.push_back(name);
    return array;
  };
  toml::table inventory, splits;
  for (std::size_t v = 0; v < card.views.size(); ++v) {
    std::vector<std::string> entities, relations, symmetric;
    for (const LabelType& type : card.inventories[v].entities) entities.push_back(type.name);
    for (const LabelType& type : card.inventories[v].relations) {
      relations.push_back(type.name);
      if (type.symmetric) symmetric.push_back(type.name);
    }
    inventory.insert(card.views[v], toml::table{{"entities", list(entities)},
                                                {"relations", list(relations)},
                                                {"symmetric", list(symmetric)}});
  }
  for (const auto& [name, file] : card.splits) {
    toml::table split{{"path", file.path}, {"sha256", file.sha256}};
    if (file.first > 0) split.insert("first", file.first);
    splits.insert(name, std::move(split));
  }
  std::vector<std::string> apart;
  for (const auto& names : card.apart) apart.push_back(fmt::format("{}", fmt::join(names, "+")));
  std::ostringstream text;
  text << toml::table{{"title", card.title},
                      {"licence", card.licence},
                      {"source", card.source},
                      {"reader", card.reader.id},
                      {"folder", card.folder},
                      {"views", list(card.views)},
                      {"apart", list(apart)},
                      {"evaluation",
                       toml::table{{"primary", card.primary},
                                   {"overlap", card.overlap == Overlap::removed ? "removed" : "allowed"}}},
                      {"inventory", inventory},
                      {"splits", splits}}
       << '\n';
  return text.str();
}

ModelCard read_model_card(const fs::path& file, std::vector<Problem>& problems) {
  ModelCard card;
  card.name = file.stem().string();
  card.file = file;
  const auto document = parse_toml(file, problems);
  if (!document) return card;
  TomlTable root(*document, "", file.string(), problems);
  check_name(Named::card, card.name, root.source(), root);
  card.title = root.text("title");
  card.licence = root.text("licence");
  card.source = root.text("source");
  card.uncased = root.boolean("uncased");
  if (auto files = root.table("files")) {
    for (const std::string& name : files->keys()) {
      auto entry = files->table(name);
      if (!entry) continue;
      CardFile file = whole_card_file(*entry);
      const auto same = std::ranges::find(card.files, file.path, &CardFile::path);
      if (!file.path.empty() && same != card.files.end()) {
        entry->add(entry->source(), fmt::format("{} is '{}', which another entry names already",
                                                entry->path("path"), file.path));
      }
      card.files.push_back(std::move(file));
    }
  }
  if (card.files.empty()) root.add(root.source(), "no files: expected tables [files.<name>]");
  root.finish();
  return card;
}

}  // namespace spanlab::host
