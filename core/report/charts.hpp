// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/content.hpp"

namespace spanlab {

/// A chart as a value: what it shows and its Vega-Lite specification, data included.
struct Chart {
  std::vector<std::string>
      words;  ///< what it shows, a metric or path being one word; no other chart has the same
  std::string title;
  std::size_t table;  ///< which table of the report it belongs to
  nlohmann::json spec;

  /// Of its files, without an ending (file_name_of).
  std::string name() const;
};

/// Each varied factor against each metric, the ablations' differences, and the learning curves.
std::vector<Chart> make_charts(const Report& report);

}  // namespace spanlab
