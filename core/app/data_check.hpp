// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/places.hpp"
#include "data/statistics.hpp"

namespace spanlab::host::app {

struct DataCheckOptions {
  std::string name;                  ///< of a data set or a pretrained encoder
  std::vector<std::string> against;  ///< other data sets, whose texts a data set is looked for in
};

/// Texts of one set's split in another set's.
struct SharedTexts {
  std::string split;
  std::string other;  ///< data set and split
  std::vector<std::string> ids;
  std::size_t of = 0;  ///< texts of the split
  bool leak = false;   ///< one is for training, the other is not
};

/// What is worth knowing of a data set or encoder whose files are what its card says.
struct DataFindings {
  std::string name;
  std::string folder;
  std::size_t files = 0;
  std::vector<std::string> notes;  ///< what training accepts, counted
  std::vector<Leak> leaks;
  std::vector<SharedTexts> shared;  ///< leaks first
};

/// Compares all files with the card and reads them. Throws Error(data) with everything that is wrong.
DataFindings check_data(const DataCheckOptions& options, const Places& places);

}  // namespace spanlab::host::app
