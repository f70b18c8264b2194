// SPDX-License-Identifier: MIT
#include "settings/configuration.hpp"

#include <algorithm>

namespace spanlab::host {

bool Configuration::is_whole() const {
  const auto whole = [](const auto& task) { return task.second.is_whole(); };
  return !data.name.empty() && encoder.is_set() && !tasks.empty() && std::ranges::all_of(tasks, whole);
}

}  // namespace spanlab::host
