// SPDX-License-Identifier: MIT
#include "app/places.hpp"

namespace spanlab::host::app {

Registry load_registry(const Places& places) {
  Registry registry;
  registry.load(plugin_folders(places.plugin_path));
  return registry;
}

CardIndex load_cards(const Places& places, const Registry& components) {
  return CardIndex(standard_locations(places.data_path), components);
}

}  // namespace spanlab::host::app
