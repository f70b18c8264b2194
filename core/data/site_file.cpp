// SPDX-License-Identifier: MIT
#include <sstream>

#include "data/toml_file.hpp"
#include "data/toml_table.hpp"
#include "files/files.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

Site read_site(const fs::path& file) {
  Site site;
  std::error_code unreadable;
  if (file.empty() || !fs::exists(file, unreadable)) return site;
  std::vector<Problem> problems;
  if (const auto document = parse_toml(file, problems)) {
    TomlTable root(*document, "", file.string(), problems);
    for (auto [name, folders] : {std::pair{"data", &site.data}, std::pair{"models", &site.models}}) {
      if (auto table = root.table(name)) {
        for (const std::string& key : table->keys()) (*folders)[key] = table->text(key);
      }
    }
    site.cards = root.texts_or("cards", {});
    site.model_cards = root.texts_or("model_cards", {});
    root.finish();
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return site;
}

void write_site(const fs::path& file, const Site& site) {
  toml::table all;
  for (const auto& [name, folders] : {std::pair{"data", &site.data}, std::pair{"models", &site.models}}) {
    toml::table table;
    for (const auto& [key, folder] : *folders) table.insert_or_assign(key, folder);
    all.insert_or_assign(name, std::move(table));
  }
  for (const auto& [name, files] :
       {std::pair{"cards", &site.cards}, std::pair{"model_cards", &site.model_cards}}) {
    toml::array array;
    for (const std::string& file : *files) array.push_back(file);
    if (!files->empty()) all.insert_or_assign(name, std::move(array));
  }
  std::ostringstream text;
  text << all << '\n';
  make_folder(file.parent_path());
  replace_file(file, text.str(), Durability::synced);
}

}  // namespace spanlab::host
