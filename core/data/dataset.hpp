// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/card.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/reader.hpp"

namespace spanlab::host {

/// Sentences of one or several splits, with the inventories of the data set's views (same order as
/// `Sentence::views`).
struct Corpus {
  std::vector<std::string> views;
  std::vector<Inventory> inventories;
  std::vector<Sentence> sentences;
  LeftOut left_out;
};

/// Reads the union of splits (`{"train","dev"}`), checked against the card's checksums. `limit` > 0 keeps the
/// first sentences of the union. Ids are made unique. Throws Error(data) with every problem of a file: line
/// and column for malformed JSON; sentence and item for an index out of range, an unknown type, an empty
/// sentence.
SPANLAB_API Corpus read_corpus(const DataCard& card, const std::filesystem::path& folder,
                               std::span<const std::string> splits, std::int64_t limit = 0);

/// Reads a types file of SpERT's form. Throws Error(data).
SPANLAB_API Inventory read_types(const std::filesystem::path& types);

/// Reads a file of SpERT's form without a card, by the reader of that name. Entities and relations may be
/// absent from items when annotations are optional (prediction input); `none` does not look at them.
SPANLAB_API std::vector<Sentence> read_spert(const Registry& components, const std::filesystem::path& file,
                                             const Inventory& inventory, Annotations annotations);

/// Makes ids different: the second `a` becomes `a#2`; a sentence without one has its number.
void make_unique(std::vector<Sentence>& sentences);

/// `train+dev` → {"train","dev"}.
SPANLAB_API std::vector<std::string> split_names(std::string_view text);

}  // namespace spanlab::host
