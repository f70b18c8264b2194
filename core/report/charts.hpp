// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/content.hpp"

namespace spanlab {

/// A chart as a value: what it shows and its Vega-Lite specification, data included.
struct Chart {
  std::string name;  ///< of its files: lower-case words joined by hyphens
  std::string title;
  std::size_t table;  ///< which table of the report it belongs to
  nlohmann::json spec;
};

/// Each varied factor against each metric, the ablations' differences, and the learning curves.
std::vector<Chart> make_charts(const Report& report);

}  // namespace spanlab
