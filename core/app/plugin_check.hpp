// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/places.hpp"
#include "spanlab/contract.hpp"

namespace spanlab::host::app {

struct PluginCheckOptions {
  std::string plugin;                   ///< a library, or a folder of them
  std::vector<std::string> components;  ///< KIND/ID, or ids; empty: all
  std::int64_t seed = 1;
  std::int64_t limit = 120;  ///< seconds that an item may take
};

struct PluginFindings {
  std::vector<contract::Result> results;
  bool interrupted = false;
};

/// Checks the plugin in a process of its own; `told` gets each result as it comes. Throws Error(usage) for a
/// plugin that is not there, and for a component that it does not have.
PluginFindings check_plugin(const PluginCheckOptions& options, const Places& places,
                            const std::function<void(const contract::Result&)>& told);

/// What such a process does: it reads what to check from `descriptor`, and answers there; `calls`: one of a
/// page to keep on which component is at work.
void answer_plugin_check(int descriptor, std::optional<int> calls);

}  // namespace spanlab::host::app
