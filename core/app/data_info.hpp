// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/places.hpp"
#include "data/statistics.hpp"

namespace spanlab::host::app {

struct DataInfoOptions {
  std::string name;
  std::int64_t max_width = 10;  ///< entities of more words are counted as wide
};

/// A data set by its card and, as far as its files are here and can be read, by its content.
struct DataDescription {
  DataCard card;
  std::filesystem::path folder;               ///< empty: not found
  std::string not_found;                      ///< where it was looked for then
  std::map<std::string, SplitCounts> counts;  ///< of the splits that can be read
  std::vector<Leak> leaks;
};

DataDescription describe_data(const DataInfoOptions& options, const Places& places);

}  // namespace spanlab::host::app
