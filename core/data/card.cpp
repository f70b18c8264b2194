// SPDX-License-Identifier: MIT
#include "data/card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "files/resources.hpp"
#include "data/toml_file.hpp"
#include "files/file_lock.hpp"
#include "files/files.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"
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
  if (kind_of_refusal(error.value(), ErrorKind::data) == ErrorKind::environment) {
    throw Error(ErrorKind::environment, folder.string(),
                fmt::format("cannot be listed: {}", error.message()));
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

// A folder is the card's as soon as one of its files is there; a file that is missing is told when it is
// read.
bool holds_any(const fs::path& folder, const std::vector<CardFile>& files) {
  return std::ranges::any_of(files, [&](const CardFile& file) { return fs::exists(folder / file.path); });
}

fs::path locate(const DataLocations& locations, const std::string& name, const std::string& folder_name,
                const std::vector<CardFile>& files, const std::map<std::string, std::string>& site,
                const char* what) {
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
  throw Error(
      ErrorKind::data, "",
      fmt::format("the files of {} '{}' were not found\n   looked in: {}\n   register their folder: `{}`, "
                  "or name the folder above it: --data-path DIR",
                  what, name, fmt::join(tried, "\n              "),
                  shell_line({"spanlab", "data", "add", name, "DIR"})));
}

std::vector<CardFile> files_of(const DataCard& card) {
  std::vector<CardFile> files;
  if (card.types) files.push_back(*card.types);
  for (const auto& [split, file] : card.splits)
    std::ranges::move(split_files(card, split), std::back_inserter(files));
  return files;
}

void verify_all(const fs::path& folder, const std::vector<CardFile>& files) {
  std::vector<Problem> problems;
  for (const CardFile& file : files) {
    try {
      verify(folder, file);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
}

// What a folder, or a name without a card, is answered with.
std::string how_to_write_a_card(const std::string& name) {
  const fs::path folder = fs::path(name).lexically_normal();
  const bool is_folder = fs::is_directory(folder);
  const std::string own =
      is_folder ? (folder.has_filename() ? folder : folder.parent_path()).filename().string() : "NAME";
  std::string text =
      is_folder ? fmt::format(
                      "it is a folder; a trial counts an encoder's files by the sums in its card. Write one")
                : "an encoder of your own has a card";
  text += fmt::format(
      ", DIR/models/{0}.toml, and the files in DIR/{0}; then --data-path DIR and model = \"{0}\" "
      "(datasets/models/README.md):",
      own);
  text +=
      "\n      title = \"…\"\n      licence = \"…\"\n      source = \"…\"\n      uncased = true  # whether "
      "words are lower-cased";
  for (const char* file :
       {"config.json", "vocab.txt", "model.safetensors", "tokenizer_config.json", "tokenizer.json"}) {
    if (is_folder && !fs::is_regular_file(folder / file)) continue;
    if (!is_folder && fs::path(file).stem().string().starts_with("token")) continue;
    text +=
        fmt::format("\n      [files.{}]\n      path = \"{}\"\n      sha256 = \"{}\"",
                    fs::path(file).stem().string(), file, is_folder ? sha256_of_file(folder / file) : "…");
  }
  return text;
}

}  // namespace

// The first location that has a card wins.
template <typename Card, typename Read>
void CardIndex::take(Cards<Card>& cards, const std::string& name, const fs::path& file, Read read) {
  const auto known = cards.broken.find(name);
  if (cards.good.contains(name) || (known != cards.broken.end() && !known->second.foreign)) return;
  BrokenCard broken{file, {}, false};
  Card card = read(file, broken.problems);
  if (broken.problems.empty()) {
    cards.good.emplace(name, std::move(card));
    cards.broken.erase(name);
  } else {
    broken.foreign = is_foreign_toml(file);
    cards.broken.insert_or_assign(name, std::move(broken));
  }
}

CardIndex::CardIndex(DataLocations locations) : locations_(std::move(locations)) {
  for (const fs::path& folder : locations_.cards) {
    // The last is the installation's own.
    if (&folder == &locations_.cards.back()) read_remembered();
    for (const fs::path& file : cards_in(folder)) take(data_, file.stem().string(), file, read_data_card);
    for (const fs::path& file : cards_in(folder / "models"))
      take(models_, file.stem().string(), file, read_model_card);
  }
}

void CardIndex::read_remembered() {
  try {
    const Site site = read_site(locations_.site);
    for (const fs::path file : site.cards) take(data_, file.stem().string(), file, read_data_card);
    for (const fs::path file : site.model_cards) take(models_, file.stem().string(), file, read_model_card);
  } catch (const Error& error) {
    site_problems_ = error.problems();  // told to who asks for what might stand there
  }
}

template <typename Card>
const Card& CardIndex::find(const Cards<Card>& cards, const std::string& name, const char* what,
                            const std::string& own) const {
  if (const auto found = cards.good.find(name); found != cards.good.end()) return found->second;
  if (const auto broken = cards.broken.find(name); broken != cards.broken.end()) {
    std::vector<Problem> problems = broken->second.problems;
    if (broken->second.foreign) {
      problems.insert(problems.begin(),
                      {broken->second.file.string(),
                       fmt::format("is taken for the card of {} '{}', and is none:", what, name)});
    }
    throw Error(ErrorKind::data, std::move(problems));
  }
  if (!site_problems_.empty()) throw Error(ErrorKind::data, site_problems_);
  const std::vector<std::string> known = names_of(cards.good);
  throw Error(ErrorKind::usage, "",
              fmt::format("unknown {} '{}'{}\n   known: {}\n   {}", what, name, did_you_mean(name, known),
                          fmt::join(known, ", "), own));
}

const DataCard& CardIndex::data(const std::string& name) const {
  constexpr const char* kOwn =
      "one of your own: a card DIR/{0}.toml, its files in DIR/{0}, and --data-path DIR; docs/data.md shows "
      "how";
  return find(data_, name, "data set", fmt::format(kOwn, name));
}
const ModelCard& CardIndex::model(const std::string& name) const {
  if (const auto found = models_.good.find(name); found != models_.good.end()) return found->second;
  // A slip of the pen needs no lesson.
  const bool lesson = fs::is_directory(name) || nearest(name, model_names()).empty();
  return find(
      models_, name, "pretrained model",
      lesson ? how_to_write_a_card(name) : "one of your own: datasets/models/README.md shows its card");
}
std::vector<std::string> CardIndex::data_names() const { return names_of(data_.good); }
std::vector<std::string> CardIndex::model_names() const { return names_of(models_.good); }

std::vector<BrokenCard> CardIndex::broken() const {
  std::vector<BrokenCard> all;
  for (const auto* cards : {&data_.broken, &models_.broken}) {
    for (const auto& [name, card] : *cards) {
      if (!card.foreign) all.push_back(card);
    }
  }
  return all;
}

fs::path CardIndex::folder(const DataCard& card) const {
  return locate(locations_, card.name, card.folder, files_of(card), read_site(locations_.site).data,
                "data set");
}

fs::path CardIndex::folder(const ModelCard& card) const {
  return locate(locations_, card.name, card.name, card.files, read_site(locations_.site).models,
                "pretrained model");
}

PretrainedModel CardIndex::pretrained(const ModelCard& card, Compared compared) const {
  PretrainedModel model(folder(card));
  model.card = card.file;
  model.uncased = card.uncased;
  std::vector<CardFile> wanted = card.files;
  for (const CardFile& file : card.files) model.files.push_back(file.path);
  if (compared == Compared::none) wanted.clear();
  if (compared == Compared::all_but_weights)
    std::erase_if(wanted, [](const CardFile& file) { return file.path.ends_with(".safetensors"); });
  verify_all(model.folder, wanted);
  return model;
}

fs::path CardIndex::add(const std::string& name, const fs::path& folder) const {
  const bool is_model = !data_.good.contains(name) && models_.good.contains(name);
  const std::vector<CardFile> files = is_model ? model(name).files : files_of(data(name));
  if (!fs::is_directory(folder)) throw Error(ErrorKind::data, folder.string(), "is not a folder");
  verify_all(folder, files);
  if (locations_.site.empty())
    throw Error(ErrorKind::environment, "",
                "there is no place for the site file: neither HOME nor XDG_CONFIG_HOME is set");
  const fs::path absolute = fs::canonical(folder),
                 card = fs::canonical(is_model ? model(name).file : data(name).file);
  for (const fs::path& path : {absolute, card}) {
    if (find_invalid_utf8(path.string()) == std::string::npos) continue;
    throw Error(
        ErrorKind::data, path.string(),
        "its name is not UTF-8, which the site file cannot hold: rename it, or give it by --data-path");
  }
  // Others may add at this moment: what they wrote is read, and kept.
  make_folder(locations_.site.parent_path());
  const FileLock lock = FileLock::wait(locations_.site.parent_path() / ".site.lock");
  Site site = read_site(locations_.site);
  (is_model ? site.models : site.data)[name] = absolute.string();
  auto& cards = is_model ? site.model_cards : site.cards;
  std::error_code error;
  std::erase_if(cards, [&](const fs::path& old) { return old.stem() == card.stem(); });
  if (!fs::equivalent(card.parent_path(), locations_.cards.back() / (is_model ? "models" : ""), error))
    cards.push_back(card.string());
  write_site(locations_.site, site);
  return absolute;
}

const CardFile& split_file(const DataCard& card, const std::string& split) {
  auto found = card.splits.find(split);
  if (found != card.splits.end()) return found->second;
  const std::vector<std::string> known = names_of(card.splits);
  throw Error(ErrorKind::usage, "",
              fmt::format("data set '{}' has no split '{}'{}\n   its splits: {}", card.name, split,
                          did_you_mean(split, known), fmt::join(known, ", ")));
}

std::vector<CardFile> split_files(const DataCard& card, const std::string& split) {
  std::vector<CardFile> files{split_file(card, split)};
  if (auto relations = card.relations.find(split); relations != card.relations.end())
    files.push_back(relations->second);
  return files;
}

std::string CardIndex::content_hash(const DataCard& card, std::span<const std::string> splits) {
  std::string content = card.reader;
  if (card.types) content += "\ntypes " + card.types->sha256;
  for (const Inventory& inventory : card.inventories) {
    content += "\nview";
    for (const LabelType& type : inventory.entities) content += "\nentity " + type.name;
    for (const LabelType& type : inventory.relations)
      content += "\nrelation " + type.name + (type.symmetric ? " symmetric" : "");
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
  // A cased card's words were lower-cased once, and files beside the weights and the vocabulary not obeyed:
  // such results are others.
  std::string content = card.uncased.value_or(true) ? "uncased" : "cased words";
  const bool obeyed = std::ranges::any_of(
      card.files, [](const CardFile& file) { return file.path.find("token") != std::string::npos; });
  if (obeyed) content += "\ntokenizer files are obeyed";
  for (const CardFile& file : card.files) content += "\n" + file.path + " " + file.sha256;
  return sha256_of(content);
}

DataLocations standard_locations(std::span<const std::string> data_path) {
  DataLocations locations;
  for (const std::string& folder : data_path) locations.files.emplace_back(folder);
  if (const char* given = std::getenv("SPANLAB_DATA")) {
    std::string_view rest = given;
    if (find_invalid_utf8(rest) != rest.npos)
      throw Error(ErrorKind::environment, "SPANLAB_DATA", fmt::format("'{}' is not UTF-8", rest));
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
  locations.builtin = {resources.parent_path() / "shared/datasets", resources / "datasets",
                       resources / ".cache/models", resources / "models"};
  return locations;
}

}  // namespace spanlab
