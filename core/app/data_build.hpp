// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/places.hpp"
#include "label_variation/comparison.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

struct DataBuildOptions {
  std::string what;                ///< label-variation
  std::optional<std::string> out;  ///< a new folder; must be given
  std::string result = "flipped";  ///< which way RESULT becomes Evaluate-for: flipped or released
};

/// What was made and written, beside what its authors released.
struct BuiltData {
  LabelVariation built;
  std::vector<SetComparison> sets;
  std::string report;
  std::string folder;
};

/// Makes a data set from the raw files of others. Throws Error(usage) with all that is wrong with the
/// options.
SPANLAB_API BuiltData build_data(const DataBuildOptions& options, const Places& places);

}  // namespace spanlab::host::app
