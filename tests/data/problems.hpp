// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>

#include "data/dataset.hpp"
#include "files/checksum.hpp"
#include "data/sentence_input.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace fs = std::filesystem;

inline const Inventory kInventory{{{"Loc", "Location", false}, {"Peop", "People", false}},
                                  {{"Live_In", "Live in", false}, {"Near", "Near", true}}};

inline void has(const std::string& text, const std::string& part) {
  BOOST_TEST((text.find(part) != std::string::npos), text << "\n   lacks: " << part);
}

inline DataCard own_card(const fs::path& folder, const std::string& reader, const std::string& text) {
  std::ofstream(folder / "x.json", std::ios::binary) << text;
  DataCard card;
  card.name = "own";
  card.reader = {.id = reader, .components = &test::components()};
  card.views = {"default"};
  card.inventories = {kInventory};
  card.splits["train"] = {"x.json", sha256_of(text)};
  return card;
}

}  // namespace spanlab::test
