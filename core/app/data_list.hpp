// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/places.hpp"

namespace spanlab::host::app {

enum class CardKind { data, model };

/// A data set or a pretrained encoder that has a card.
struct ListedCard {
  CardKind kind;
  std::string name;
  std::string title;
  std::string licence;
  std::string folder;  ///< empty: its files are not here
};

struct DataList {
  std::vector<ListedCard> cards;  ///< data sets, then encoders
  std::vector<BrokenCard> broken;
};

DataList list_data(const Places& places);

struct DataAddOptions {
  std::string name;
  std::string folder;
};

/// A folder that is remembered from now on.
struct AddedData {
  std::string folder;  ///< absolute
  std::string site;    ///< the file that it was written to
};

/// Checks the files of a data set or encoder and remembers their folder and card.
AddedData add_data(const DataAddOptions& options, const Places& places);

}  // namespace spanlab::host::app
