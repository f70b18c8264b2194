// SPDX-License-Identifier: MIT
#include "data/toml_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <toml++/toml.h>

#include "data/dataset.hpp"
#include "files/files.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

std::string place(const std::string& file, const toml::source_region& source) {
  return fmt::format("{}:{}:{}", file, source.begin.line, source.begin.column);
}

// A table whose keys are asked for one by one; what was not asked for is unknown.
class Table {
 public:
  Table(const toml::table& table, std::string name, std::string file, std::vector<Problem>& problems)
      : table_(table), name_(std::move(name)), file_(std::move(file)), problems_(problems) {}

  // Must be called last: a key that no one asked for is an error.
  void finish() {
    const std::vector<std::string> names(known_.begin(), known_.end());
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      if (!known_.count(name)) add(key.source(), fmt::format("unknown key '{}'{}", path(name), did_you_mean(name, names)));
    }
  }

  std::string text(const std::string& key) { return text(key, nullptr); }
  std::string text_or(const std::string& key, const char* otherwise) { return text(key, otherwise); }

  // One of a few words.
  std::string choice(const std::string& key, const std::vector<std::string>& choices, const char* otherwise = nullptr) {
    const std::string value = text(key, otherwise);
    if (!value.empty() && std::ranges::find(choices, value) == choices.end()) {
      add(source(key), fmt::format("{} is '{}', expected one of {}{}", path(key), value, fmt::join(choices, ", "), did_you_mean(value, choices)));
    }
    return value;
  }

  bool boolean_or(const std::string& key, bool otherwise) {
    const toml::node* node = find(key);
    if (!node) return otherwise;
    if (node->is_boolean()) return node->as_boolean()->get();
    add(node->source(), fmt::format("{} must be true or false", path(key)));
    return otherwise;
  }

  std::vector<std::string> texts_or(const std::string& key, std::vector<std::string> otherwise) {
    const toml::node* node = find(key);
    if (!node) return otherwise;
    std::vector<std::string> values;
    if (const toml::array* array = node->as_array()) {
      for (const toml::node& item : *array) {
        if (const auto* value = item.as_string()) values.push_back(value->get());
        else add(item.source(), fmt::format("{} must be a list of texts", path(key)));
      }
    } else {
      add(node->source(), fmt::format("{} must be a list of texts", path(key)));
    }
    return values;
  }

  // A table below this one, or nothing.
  std::optional<Table> table(const std::string& key) {
    const toml::node* node = find(key);
    if (!node) return std::nullopt;
    if (const toml::table* inner = node->as_table()) return Table(*inner, path(key), file_, problems_);
    add(node->source(), fmt::format("{} must be a table", path(key)));
    return std::nullopt;
  }

  std::vector<std::string> keys() const {
    std::vector<std::string> names;
    for (const auto& [key, node] : table_) names.emplace_back(key.str());
    return names;
  }

  CardFile card_file() {
    CardFile file{text("path"), text("sha256")};
    const fs::path path(file.path);
    if (path.is_absolute() || std::ranges::find(path, fs::path("..")) != path.end()) {
      add(source("path"), fmt::format("{} is '{}', expected a path below the data set's folder", this->path("path"), file.path));
    }
    const bool hexadecimal = file.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!file.sha256.empty() && (file.sha256.size() != 64 || !hexadecimal)) {
      add(source("sha256"), fmt::format("{} must be 64 lower-case hexadecimal digits", this->path("sha256")));
    }
    finish();
    return file;
  }

  void add(const toml::source_region& where, std::string message) { problems_.push_back({place(file_, where), std::move(message)}); }
  const toml::source_region& source() const { return table_.source(); }
  std::string path(const std::string& key) const { return name_.empty() ? key : name_ + '.' + key; }

 private:
  std::string text(const std::string& key, const char* otherwise) {
    const toml::node* node = find(key);
    if (!node && otherwise) return otherwise;
    if (!node) add(table_.source(), fmt::format("'{}' is missing", path(key)));
    else if (!node->is_string()) add(node->source(), fmt::format("{} must be a text", path(key)));
    else if (node->as_string()->get().empty()) add(node->source(), fmt::format("{} is empty", path(key)));
    else return node->as_string()->get();
    return "";
  }

  const toml::node* find(const std::string& key) {
    known_.insert(key);
    return table_.get(key);
  }
  const toml::source_region& source(const std::string& key) const {
    const toml::node* node = table_.get(key);
    return node ? node->source() : table_.source();
  }

  const toml::table& table_;
  std::string name_;
  std::string file_;
  std::vector<Problem>& problems_;
  std::set<std::string> known_;
};

std::optional<toml::table> parse(const fs::path& file, std::vector<Problem>& problems) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    problems.push_back({file.string(), "cannot be read"});
    return std::nullopt;
  }
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& failure) {
    problems.push_back({place(file.string(), failure.source()), std::string(failure.description())});
    return std::nullopt;
  }
}

Inventory inventory(Table table) {
  Inventory result;
  const std::vector<std::string> symmetric = table.texts_or("symmetric", {});
  for (const std::string& name : table.texts_or("entities", {})) result.entities.push_back({name, name, false});
  for (const std::string& name : table.texts_or("relations", {})) {
    result.relations.push_back({name, name, std::ranges::find(symmetric, name) != symmetric.end()});
  }
  for (const std::string& name : symmetric) {
    if (std::ranges::find(result.relations, name, &LabelType::name) == result.relations.end()) {
      table.add(table.source(), fmt::format("{}: '{}' is not among the relations", table.path("symmetric"), name));
    }
  }
  table.finish();
  return result;
}

void read_types_of(DataCard& card, Table& root) {
  if (auto types = root.table("types")) card.types = types->card_file();
  auto inventories = root.table("inventory");
  if (inventories) {
    for (const std::string& view : card.views) {
      if (auto table = inventories->table(view)) card.inventories.push_back(inventory(*table));
      else inventories->add(inventories->source(), fmt::format("'{}' is missing", inventories->path(view)));
    }
    inventories->finish();
  }
  if (card.types.has_value() == inventories.has_value()) {
    root.add(root.source(), "expected either [types] (a file) or [inventory.<view>] (lists) for the types");
  }
}

void read_apart(DataCard& card, Table& root) {
  std::vector<std::string> all;
  for (const auto& [name, file] : card.splits) all.push_back(name);
  std::ranges::stable_partition(all, [](const std::string& name) { return name.starts_with("train"); });
  for (const std::string& text : root.texts_or("apart", {})) {
    card.apart.push_back(split_names(text));
    for (const std::string& name : card.apart.back()) {
      if (!card.splits.count(name)) root.add(root.source(), fmt::format("apart: there is no split '{}'{}", name, did_you_mean(name, all)));
    }
  }
  if (card.apart.empty()) card.apart.push_back(all);
}

}  // namespace

DataCard read_data_card(const fs::path& file, std::vector<Problem>& problems) {
  DataCard card;
  card.name = file.stem().string();
  card.file = file;
  const auto document = parse(file, problems);
  if (!document) return card;
  Table root(*document, "", file.string(), problems);
  card.title = root.text("title");
  card.licence = root.text("licence");
  card.source = root.text("source");
  card.reader = root.choice("reader", {"spert", "scierc"});
  card.folder = root.text_or("folder", card.name.c_str());
  card.views = root.texts_or("views", {"default"});
  if (auto evaluation = root.table("evaluation")) {
    card.primary = evaluation->choice("primary", {"strict", "boundary"});
    card.overlap = evaluation->choice("overlap", {"allowed", "removed"}, "allowed") == "removed" ? Overlap::removed : Overlap::allowed;
    evaluation->finish();
  } else {
    root.add(root.source(), "table [evaluation] is missing");
  }
  read_types_of(card, root);
  if (auto splits = root.table("splits")) {
    for (const std::string& name : splits->keys()) {
      if (auto split = splits->table(name)) card.splits[name] = split->card_file();
    }
  }
  read_apart(card, root);
  if (card.splits.empty()) root.add(root.source(), "no splits: expected tables [splits.<name>]");
  root.finish();
  return card;
}

ModelCard read_model_card(const fs::path& file, std::vector<Problem>& problems) {
  ModelCard card;
  card.name = file.stem().string();
  card.file = file;
  const auto document = parse(file, problems);
  if (!document) return card;
  Table root(*document, "", file.string(), problems);
  card.title = root.text("title");
  card.licence = root.text("licence");
  card.source = root.text("source");
  card.uncased = root.boolean_or("uncased", true);
  if (auto files = root.table("files")) {
    for (const std::string& name : files->keys()) {
      if (auto entry = files->table(name)) card.files.push_back(entry->card_file());
    }
  }
  if (card.files.empty()) root.add(root.source(), "no files: expected tables [files.<name>]");
  root.finish();
  return card;
}

Site read_site(const fs::path& file) {
  Site site;
  if (file.empty() || !fs::exists(file)) return site;
  std::vector<Problem> problems;
  if (const auto document = parse(file, problems)) {
    Table root(*document, "", file.string(), problems);
    for (auto [name, folders] : {std::pair{"data", &site.data}, std::pair{"models", &site.models}}) {
      if (auto table = root.table(name)) {
        for (const std::string& key : table->keys()) (*folders)[key] = table->text(key);
      }
    }
    root.finish();
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return site;
}

void write_site(const fs::path& file, const Site& site) {
  toml::table data, models;
  for (const auto& [name, folder] : site.data) data.insert_or_assign(name, folder);
  for (const auto& [name, folder] : site.models) models.insert_or_assign(name, folder);
  std::ostringstream text;
  text << toml::table{{"data", data}, {"models", models}} << '\n';

  make_folder(file.parent_path());
  replace_file(file, text.str(), Durability::synced);
}

}  // namespace spanlab
