// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace spanlab::host {

/// A chart as a value: what it shows and its Vega-Lite specification, data included.
struct Chart {
  /// What it shows, a metric or path being one word; no other chart has the same.
  std::vector<std::string> words;
  std::string title;
  /// Which table of the report it belongs to.
  std::size_t table = 0;
  nlohmann::json spec;

  /// Of its files, without an ending (file_name_of).
  std::string name() const;
};

}  // namespace spanlab::host
