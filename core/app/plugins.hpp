// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/places.hpp"

namespace spanlab::host::app {

/// A component and the plugin that it is in.
struct ComponentText {
  ComponentKind kind;
  ComponentInfo info;
  PluginFile plugin;
  std::string identity;  ///< what stands for its code in the identity of a trial

  /// `sampler/uniform`.
  std::string full_name() const;
};

struct PluginList {
  std::vector<ComponentText> components;  ///< by kind, then id
  std::vector<PluginFile> refused;
};

PluginList list_plugins(const Places& places);

/// The component `given` (KIND/ID), or all of that id. Throws Error(usage) with the nearest known one.
std::vector<ComponentText> find_components(const std::string& given, const Places& places);

}  // namespace spanlab::host::app
