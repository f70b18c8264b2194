// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/card.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab {

/// What a reader found that sentences cannot say.
struct LeftOut {
  std::int64_t entities = 0;   ///< over the end of a sentence, or there already
  std::int64_t relations = 0;  ///< between sentences, or of an entity that is left out
  std::int64_t sentences = 0;  ///< without words, where the card allows it
};

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

/// Reads a file of the SpERT form without a card; `types` is a SpERT types file. Entities and relations may
/// be absent from items when annotations are optional (prediction input); `none` does not look at them.
SPANLAB_API Inventory read_types(const std::filesystem::path& types);
enum class Annotations { needed, optional, none };
SPANLAB_API std::vector<Sentence> read_spert(const std::filesystem::path& file, const Inventory& inventory,
                                             Annotations annotations);

/// `train+dev` → {"train","dev"}.
SPANLAB_API std::vector<std::string> split_names(std::string_view text);

}  // namespace spanlab
