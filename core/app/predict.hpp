// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/places.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

struct PredictOptions {
  std::string trial;                ///< unique prefix of its hash
  std::optional<std::string> file;  ///< text or JSON; else standard input, as `-` says it, too
  std::string device = "cpu";
  int threads = 0;  ///< of the processor; 0: all
};

/// Annotates sentences with the model of a trained trial; `sink` gets a line of JSON for each, in their
/// order.
/// Notes warn of other builds of the model's plugins.
SPANLAB_API void predict(const PredictOptions& options, const Places& places, const Notes& notes,
                         const std::function<void(const std::string& line)>& sink);

}  // namespace spanlab::host::app
