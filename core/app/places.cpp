// SPDX-License-Identifier: MIT
#include "app/places.hpp"

#include "spanlab/error.hpp"

namespace spanlab::host::app {

Places beside_script(Places places, const std::string& study) {
  if (!study.ends_with(".lua")) return places;
  const std::string folder = std::filesystem::path(study).parent_path().string();
  places.data_path.push_back(folder.empty() ? "." : folder);
  return places;
}

Registry load_registry(const Places& places) {
  Registry registry;
  registry.load(plugin_folders(places.plugin_path));
  return registry;
}

Registry load_what_can_be(const Places& places) {
  Registry registry;
  try {
    registry.load(plugin_folders(places.plugin_path));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::plugin) throw;
  }
  return registry;
}

CardIndex load_cards(const Places& places, const Registry& components) {
  return CardIndex(standard_locations(places.data_path), components);
}

}  // namespace spanlab::host::app
