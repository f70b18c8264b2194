// SPDX-License-Identifier: MIT
#include "data/card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "data/resources.hpp"
#include "data/toml_file.hpp"
#include "spanlab/error.hpp"
#include "text/shell_text.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> cards_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

template <typename Card>
std::vector<std::string> names_of(const std::map<std::string, Card>& cards) {
  std::vector<std::string> names;
  for (const auto& [name, card] : cards) names.push_back(name);
  return names;
}

template <typename Card>
const Card& find(const std::map<std::string, Card>& cards, const std::string& name, const char* what) {
  auto found = cards.find(name);
  if (found != cards.end()) return found->second;
  const std::vector<std::string> known = names_of(cards);
  const char* cards_folder = std::is_same_v<Card, ModelCard> ? "DIR/models" : "DIR";
  throw Error(ErrorKind::usage, "",
              fmt::format("unknown {} '{}'{}\n   known: {}\n   one of your own: a card {}/{}.toml, its files in DIR/{}, and "
                          "--data-path DIR; docs/data.md shows how",
                          what, name, did_you_mean(name, known), fmt::join(known, ", "), cards_folder, name, name));
}

// A folder is the card's as soon as one of its files is there; a file that is missing is told when it is read.
bool holds_any(const fs::path& folder, const std::vector<CardFile>& files) {
  return std::ranges::any_of(files, [&](const CardFile& file) { return fs::exists(folder / file.path); });
}

fs::path locate(const DataLocations& locations, const std::string& name, const std::string& folder_name,
                const std::vector<CardFile>& files, const std::map<std::string, std::string>& site, const char* what) {
  std::vector<std::string> tried;
  auto fits = [&](const fs::path& folder) {
    tried.push_back(folder.string());
    return holds_any(folder, files);
  };
  for (const fs::path& place : locations.files) {
    if (fits(place / folder_name)) return place / folder_name;
  }
  if (auto entry = site.find(name); entry != site.end() && fits(entry->second)) return entry->second;
  for (const fs::path& place : locations.builtin) {
    if (fits(place / folder_name)) return place / folder_name;
  }
  throw Error(ErrorKind::data, "",
              fmt::format("the files of {} '{}' were not found\n   looked in: {}\n   register their folder: `{}`, "
                          "or name the folder above it: --data-path DIR",
                          what, name, fmt::join(tried, "\n              "), shell_line({"spanlab", "data", "add", name, "DIR"})));
}

std::vector<CardFile> files_of(const DataCard& card) {
  std::vector<CardFile> files;
  if (card.types) files.push_back(*card.types);
  for (const auto& [split, file] : card.splits) std::ranges::move(split_files(card, split), std::back_inserter(files));
  return files;
}

}  // namespace

CardIndex::CardIndex(DataLocations locations) : locations_(std::move(locations)) {
  std::vector<Problem> problems;
  // The first location that has a card wins: emplace keeps what is there.
  for (const fs::path& folder : locations_.cards) {
    for (const fs::path& file : cards_in(folder)) data_.emplace(file.stem().string(), read_data_card(file, problems));
    for (const fs::path& file : cards_in(folder / "models")) models_.emplace(file.stem().string(), read_model_card(file, problems));
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
}

const DataCard& CardIndex::data(const std::string& name) const { return find(data_, name, "data set"); }
const ModelCard& CardIndex::model(const std::string& name) const { return find(models_, name, "pretrained model"); }
std::vector<std::string> CardIndex::data_names() const { return names_of(data_); }
std::vector<std::string> CardIndex::model_names() const { return names_of(models_); }

fs::path CardIndex::folder(const DataCard& card) const {
  return locate(locations_, card.name, card.folder, files_of(card), read_site(locations_.site).data, "data set");
}

fs::path CardIndex::folder(const ModelCard& card) const {
  return locate(locations_, card.name, card.name, card.files, read_site(locations_.site).models, "pretrained model");
}

fs::path CardIndex::add(const std::string& name, const fs::path& folder) const {
  const bool is_model = !data_.count(name) && models_.count(name);
  const std::vector<CardFile> files = is_model ? model(name).files : files_of(data(name));
  if (!fs::is_directory(folder)) throw Error(ErrorKind::data, folder.string(), "is not a folder");
  std::vector<Problem> problems;
  for (const CardFile& file : files) {
    try {
      verify(folder, file);
    } catch (const Error& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  if (locations_.site.empty()) throw Error(ErrorKind::environment, "", "there is no place for the site file: neither HOME nor XDG_CONFIG_HOME is set");
  const fs::path absolute = fs::canonical(folder);
  Site site = read_site(locations_.site);
  (is_model ? site.models : site.data)[name] = absolute.string();
  write_site(locations_.site, site);
  return absolute;
}

const CardFile& split_file(const DataCard& card, const std::string& split) {
  auto found = card.splits.find(split);
  if (found != card.splits.end()) return found->second;
  const std::vector<std::string> known = names_of(card.splits);
  throw Error(ErrorKind::usage, "",
              fmt::format("data set '{}' has no split '{}'{}\n   its splits: {}", card.name, split, did_you_mean(split, known),
                          fmt::join(known, ", ")));
}

std::vector<CardFile> split_files(const DataCard& card, const std::string& split) {
  std::vector<CardFile> files{split_file(card, split)};
  if (auto relations = card.relations.find(split); relations != card.relations.end()) files.push_back(relations->second);
  return files;
}

std::string CardIndex::content_hash(const DataCard& card, std::span<const std::string> splits) {
  std::string content = card.reader;
  if (card.types) content += "\ntypes " + card.types->sha256;
  for (const Inventory& inventory : card.inventories) {
    content += "\nview";
    for (const LabelType& type : inventory.entities) content += "\nentity " + type.name;
    for (const LabelType& type : inventory.relations) content += "\nrelation " + type.name + (type.symmetric ? " symmetric" : "");
  }
  for (const std::string& split : splits) {
    for (const CardFile& file : split_files(card, split)) {
      content += "\nsplit " + file.sha256;
      if (file.first > 0) content += fmt::format(" first {}", file.first);
    }
  }
  if (card.skip_empty) content += "\nempty sentences left out";
  // A score is one of its set-up; a card that changes it must not find old results.
  content += card.overlap == Overlap::removed ? "\noverlap removed" : "\noverlap allowed";
  return sha256_of(content);
}

std::string CardIndex::content_hash(const ModelCard& card) {
  std::string content = card.uncased ? "uncased" : "cased";
  for (const CardFile& file : card.files) content += "\n" + file.path + " " + file.sha256;
  return sha256_of(content);
}

DataLocations standard_locations(std::span<const std::string> data_path) {
  DataLocations locations;
  for (const std::string& folder : data_path) locations.files.emplace_back(folder);
  if (const char* given = std::getenv("SPANLAB_DATA")) {
    std::string_view rest = given;
    while (!rest.empty()) {
      const auto colon = rest.find(':');
      if (colon != 0) locations.files.emplace_back(rest.substr(0, colon));
      rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
    }
  }
  const fs::path config = user_folder("XDG_CONFIG_HOME", ".config");
  if (!config.empty()) locations.site = config / "site.toml";
  const fs::path resources = resource_folder();
  // A set of one's own is a card beside its folder.
  locations.cards = locations.files;
  locations.cards.push_back(resources / "datasets");
  locations.builtin = {resources.parent_path() / "shared/datasets", resources / "datasets", resources / ".cache/models", resources / "models"};
  return locations;
}

}  // namespace spanlab
