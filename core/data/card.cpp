// SPDX-License-Identifier: MIT
#include "data/card.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/toml_file.hpp"
#include "files/checksum.hpp"
#include "files/file_lock.hpp"
#include "files/files.hpp"
#include "sdk/card_text.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host {

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

void verify_all(const fs::path& folder, const std::vector<CardFile>& files) {
  std::vector<Problem> problems;
  verify(folder, files, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
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

constexpr const char* kCardOfAnEncoder =
    ", DIR/models/{0}.toml, and the files in DIR/{0}; then --data-path DIR and model = \"{0}\" "
    "(datasets/models/README.md):"
    R"(
      title = "…"
      licence = "…"
      source = "…"
      uncased = true  # whether words are lower-cased)";

// What a folder, or a name without a card, is answered with.
std::string how_to_write_a_card(const std::string& name) {
  const fs::path folder = fs::path(name).lexically_normal();
  const bool is_folder = fs::is_directory(folder);
  const fs::path last = folder.has_filename() ? folder : folder.parent_path();
  constexpr const char* kFolder =
      "it is a folder; a trial counts an encoder's files by the sums in its card. Write one";
  std::string text = is_folder ? kFolder : "an encoder of your own has a card";
  text += fmt::format(kCardOfAnEncoder, is_folder ? last.filename().string() : "NAME");
  for (const char* file :
       {"config.json", "vocab.txt", "model.safetensors", "tokenizer_config.json", "tokenizer.json"}) {
    if (is_folder && !fs::is_regular_file(folder / file)) continue;
    if (!is_folder && fs::path(file).stem().string().starts_with("token")) continue;
    const std::string sum = is_folder ? sha256_of_file(folder / file) : "…";
    text += "\n" + card_lines(fs::path(file).stem().string(), file, sum, "      ");
  }
  return text;
}

}  // namespace

// The first location that has a card wins.
template <typename Card, typename Read>
void CardIndex::take(Cards<Card>& cards, const fs::path& file, Read read) {
  const std::string name = file.stem().string();
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

void CardIndex::take_data(const fs::path& file) {
  take(data_, file, [&](const fs::path& card, std::vector<Problem>& problems) {
    return read_data_card(card, components_, problems);
  });
}
void CardIndex::take_model(const fs::path& file) { take(models_, file, read_model_card); }

CardIndex::CardIndex(DataLocations locations, const Registry& components)
    : locations_(std::move(locations)), components_(components) {
  for (const fs::path& folder : locations_.cards) {
    // The last is the installation's own.
    if (&folder == &locations_.cards.back()) read_remembered();
    for (const fs::path& file : cards_in(folder)) take_data(file);
    for (const fs::path& file : cards_in(folder / "models")) take_model(file);
  }
}

void CardIndex::read_remembered() {
  try {
    const Site site = read_site(locations_.site);
    for (const std::string& file : site.cards) take_data(file);
    for (const std::string& file : site.model_cards) take_model(file);
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
  return find(data_, name, "data set",
              fmt::format("one of your own: a card DIR/{0}.toml, its files in DIR/{0}, and --data-path DIR; "
                          "docs/data.md shows how",
                          name));
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
  if (locations_.site.empty()) {
    throw Error(ErrorKind::environment, "",
                "there is no place for the site file: neither HOME nor XDG_CONFIG_HOME is set");
  }
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

}  // namespace spanlab::host
