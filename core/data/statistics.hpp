// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset.hpp"

namespace spanlab::host {

/// What one view says, counted over a split.
struct ViewCounts {
  std::string view;
  std::int64_t entities = 0;
  std::int64_t relations = 0;
  /// Sentences without entities.
  std::int64_t without_entities = 0;
  /// Entities of more words than the limit asked for.
  std::int64_t wide = 0;
  /// Entities that share a word with another.
  std::int64_t overlapping = 0;
  /// Entities whose very words are an entity of another type as well.
  std::int64_t same_span = 0;
  /// Relations that are there already, with the same head, tail and type.
  std::int64_t repeated_relations = 0;
  /// Relations of an entity with itself.
  std::int64_t self_relations = 0;
  std::vector<std::pair<std::string, std::int64_t>> entity_types;  ///< in the order of the types
  std::vector<std::pair<std::string, std::int64_t>> relation_types;
};

/// Counts over a split.
struct SplitCounts {
  std::int64_t sentences = 0;
  std::int64_t words = 0;
  std::int64_t longest = 0;      ///< words of the longest sentence
  std::int64_t repeated = 0;     ///< sentences whose words are those of an earlier one
  std::int64_t blank_words = 0;  ///< words that are empty or white space
  std::vector<ViewCounts> views;
};

/// Counts `corpus`; entities of more than `max_width` words are wide.
SPANLAB_API SplitCounts count(const Corpus& corpus, std::int64_t max_width);

/// Sentences of `second` whose words are, one by one, those of a sentence of `first`.
struct Leak {
  std::string first;
  std::string second;
  std::vector<std::string> ids;  ///< in `second`
};

/// The leaks between the splits that the card wants apart; only pairs that share something.
SPANLAB_API std::vector<Leak> leaks(const DataCard& card, const std::map<std::string, Corpus>& splits);

}  // namespace spanlab::host
