// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "plugin/registry.hpp"
#include "settings/configuration_json.hpp"
#include "host.hpp"

namespace spanlab::test {

/// The built-in components of this build, loaded once.
inline const Registry& components() {
  static const Registry registry = [] {
    Registry loaded;
    loaded.load(plugin_folders({}));
    return loaded;
  }();
  return registry;
}

/// A configuration as it stands in files; what is absent has its default.
inline Configuration configured(const nlohmann::json& json) { return read_configuration(json, components()); }

}  // namespace spanlab::test
