// SPDX-License-Identifier: MIT
// Where a program looks for cards and files.
#include <fmt/format.h>

#include <cstdlib>

#include "data/card.hpp"
#include "files/resources.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

// $SPANLAB_DATA, folders between colons.
std::vector<fs::path> folders_of_environment() {
  std::vector<fs::path> folders;
  const char* given = std::getenv("SPANLAB_DATA");
  std::string_view rest = given ? given : "";
  if (find_invalid_utf8(rest) != rest.npos)
    throw Error(ErrorKind::environment, "SPANLAB_DATA", fmt::format("'{}' is not UTF-8", rest));
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    if (colon != 0) folders.emplace_back(rest.substr(0, colon));
    rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  }
  return folders;
}

}  // namespace

DataLocations standard_locations(std::span<const std::string> data_path) {
  DataLocations locations;
  for (const std::string& folder : data_path) locations.files.emplace_back(folder);
  for (fs::path& folder : folders_of_environment()) locations.files.push_back(std::move(folder));
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

}  // namespace spanlab::host
