// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/places.hpp"

namespace spanlab::host::app {

/// How good it is what was found.
enum class Health { good, note, problem };

/// One line of the examination.
struct Finding {
  std::string area;
  Health health;
  std::string text;
};

/// Examines what this installation is, and what is missing: versions, search paths, plugins, data, models.
std::vector<Finding> examine(const Places& places);

}  // namespace spanlab::host::app
