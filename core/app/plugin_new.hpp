// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/places.hpp"

namespace spanlab::host::app {

struct PluginNewOptions {
  std::string kind;
  std::string name;                   ///< of the component, and of its plugin
  std::optional<std::string> folder;  ///< to be made; else one of that name, here
};

/// A project that was written.
struct NewPlugin {
  ComponentKind kind;
  std::string name;
  std::filesystem::path folder;
  std::vector<std::filesystem::path> files;  ///< below the folder
  /// Where CMake finds the package: the folder of this installation. Empty for a program in its build
  /// folder, which has to be installed first.
  std::filesystem::path prefix;
};

/// Writes the project of a plugin with one component, which builds and passes its tests as it is, with a
/// study over its parameter. Throws Error(usage) with all that is wrong with the options, also for a name
/// that a component of the kind has; Error(environment) if it cannot be written: nothing is left then.
NewPlugin make_plugin(const PluginNewOptions& options, const Places& places);

}  // namespace spanlab::host::app
