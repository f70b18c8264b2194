// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/tables.hpp"

namespace spanlab::host {

/// A chart as a value: what it shows and its Vega-Lite specification, data included.
struct Chart {
  /// What it shows, a metric or path being one word; no other chart has the same.
  std::vector<std::string> words;
  std::string title;
  /// Charts of one table and kind differ in the score or loss alone, which is `choice`.
  std::string kind;
  std::string choice;
  /// Which table of the report it belongs to.
  std::size_t table = 0;
  nlohmann::json spec;

  /// Of its files, without an ending (file_name_of).
  std::string name() const;
};

/// The row of the plan that a table's row shows: by it the points of all charts and the rows of all tables
/// belong together.
std::size_t chart_row(const ResultRow& row);

}  // namespace spanlab::host
