// SPDX-License-Identifier: MIT
#pragma once

#include "plugin/registry.hpp"

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

}  // namespace spanlab::test
