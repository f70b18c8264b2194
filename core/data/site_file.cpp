// SPDX-License-Identifier: MIT
#include <sstream>

#include "data/toml_file.hpp"
#include "data/toml_table.hpp"
#include "files/files.hpp"

namespace spanlab {

namespace fs = std::filesystem;

Site read_site(const fs::path& file) {
  Site site;
  if (file.empty() || !fs::exists(file)) return site;
  std::vector<Problem> problems;
  if (const auto document = parse_toml(file, problems)) {
    TomlTable root(*document, "", file.string(), problems);
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
