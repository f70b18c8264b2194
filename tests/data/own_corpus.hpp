// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>

#include "components.hpp"
#include "data/card.hpp"
#include "files/checksum.hpp"
#include "test.hpp"

// Small corpora with types of their own.
namespace spanlab::test {

inline const Inventory kInventory{{{"Loc", "Location", false}, {"Peop", "People", false}},
                                  {{"Live_In", "Live in", false}, {"Near", "Near", true}}};

/// A card without a file of its own, whose split `train` is this text in `folder`.
inline DataCard own_card(const std::filesystem::path& folder, const std::string& reader,
                         const std::string& text) {
  std::ofstream(folder / "x.json", std::ios::binary) << text;
  DataCard card;
  card.name = "own";
  card.reader = {.id = reader, .components = &components()};
  card.views = {"default"};
  card.inventories = {kInventory};
  card.splits["train"] = {"x.json", sha256_of(text)};
  return card;
}

/// Fails the test if the text lacks the part.
inline void has(const std::string& text, const std::string& part) {
  BOOST_TEST((text.find(part) != std::string::npos), text << "\n   lacks: " << part);
}

}  // namespace spanlab::test
