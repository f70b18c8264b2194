// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/study.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// A value of a configuration.
struct ShownValue {
  std::string path;
  nlohmann::json value;
  std::string origin;  ///< where it came from; empty: not known
};

/// The configuration of a study's base model, where `script.study` is a script or the name of a stored study,
/// or else of the trial of that hash; then its seed and, once it is trained, its numbers of parameters.
SPANLAB_API std::vector<ShownValue> show_configuration(const ScriptOptions& script, const Places& places,
                                                       const Notes& notes);

}  // namespace spanlab::host::app
