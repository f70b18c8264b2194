// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "evaluate/score_tree.hpp"
#include "spanlab/annotation.hpp"

namespace spanlab::host {

/// 100 · part / whole, 0 where there is no whole.
inline double percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// Items of one type: in both, in the prediction, in gold.
struct ItemCounts {
  std::int64_t correct = 0;
  std::int64_t predicted = 0;
  std::int64_t gold = 0;

  SPANLAB_API ItemCounts& operator+=(const ItemCounts& other);
  friend bool operator==(const ItemCounts&, const ItemCounts&) = default;
};

/// Counts by the types of an inventory, for each of SpERT's three metrics.
struct SPANLAB_API AnnotationCounts {
  explicit AnnotationCounts(const Inventory& inventory);

  std::vector<ItemCounts> entity;
  std::vector<ItemCounts> relation_boundary;
  std::vector<ItemCounts> relation_strict;
};

/// Adds a sentence's items, as sets. Symmetric relations are compared in text order. Overlap::removed drops
/// overlapping entities on both sides and relations whose two arguments overlap, as SpERT's reference
/// implementation does for ADE.
SPANLAB_API void count_sentence(const Annotation& gold, const Annotation& predicted,
                                const Inventory& inventory, Overlap overlap, AnnotationCounts& counts);

/// Percentages and the number of gold items.
struct Score {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  std::int64_t support = 0;
};

/// 0 where there is nothing to divide by.
inline Score score_of(const ItemCounts& counts) {
  return {percent(counts.correct, counts.predicted), percent(counts.correct, counts.gold),
          percent(2 * counts.correct, counts.predicted + counts.gold), counts.gold};
}

/// Averages over the types that occur in gold or prediction, and each of them by name.
struct ScoreTable {
  Score micro;
  Score macro;
  std::map<std::string, Score> per_type;
};

/// SpERT's three metrics (docs/papers.md, Scores): entities; relations by boundary; relations strict.
struct Scores {
  ScoreTable entity;
  ScoreTable relation_boundary;
  ScoreTable relation_strict;
};

/// Scores `predicted[i]` against `gold[i]`, sentence by sentence (count_sentence).
SPANLAB_API Scores score(std::span<const Annotation> gold, std::span<const Annotation> predicted,
                         const Inventory& inventory, Overlap overlap);

/// Throws Error(data) where predictions are not those of as many sentences as gold has.
void check_same_number(std::span<const Annotation> gold, std::span<const Annotation> predicted);

/// Nested as the paths of scores (score_path.hpp): `entity`, `relation.boundary` and `relation.strict`, below
/// each `micro`, `macro` and `per_type`.
SPANLAB_API ScoreTree score_tree(const Scores& scores);

}  // namespace spanlab::host
