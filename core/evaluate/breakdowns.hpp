// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "evaluate/entity_errors.hpp"
#include "evaluate/metrics.hpp"
#include "evaluate/relation_errors.hpp"
#include "spanlab/annotation.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Outcomes, as indices of the list that they stand in: what a number counts, so that it opens its sentences.
using OutcomeList = std::vector<std::size_t>;

/// Part of the items: those of one type, of one width. An error whose two sides have different properties is
/// a false positive of one part and a false negative of another.
struct BreakdownPart {
  std::string label;
  OutcomeList correct;
  OutcomeList false_positives;
  OutcomeList false_negatives;

  bool empty() const { return correct.empty() && false_positives.empty() && false_negatives.empty(); }
  /// Precision, recall and F1 in percent; the support is the number of gold items.
  SPANLAB_API Score score() const;
};

/// The items by a property. All parts together hold each item once.
struct Breakdown {
  std::string name;
  /// In the order of the property; some may be empty.
  std::vector<BreakdownPart> parts;
};

/// Texts of mentions, as mention_text() has them.
using Mentions = std::unordered_set<std::string>;

/// The words of a span, with blanks between them.
SPANLAB_API std::string mention_text(std::span<const std::string> words, const Span& span);

/// What is said about the sentences that outcomes point into.
struct BreakdownInput {
  std::span<const Sentence> sentences;  ///< their words
  const Inventory& inventory;
  /// Of the entities of the training part; null: not known, and no breakdown by it.
  const Mentions* seen = nullptr;
};

/// `type`, `width` of the entity and `sentence` length in words, and whether the `mention`'s text is `seen`
/// in the training part or `unseen`.
SPANLAB_API std::vector<Breakdown> breakdowns(std::span<const EntityOutcome> outcomes,
                                              const BreakdownInput& input);

/// `type`, `distance` as the number of words between the arguments, `sentence` length, and how many of the
/// two `mentions` are seen in the training part.
SPANLAB_API std::vector<Breakdown> breakdowns(std::span<const RelationOutcome> outcomes,
                                              const BreakdownInput& input);

/// What types became of which: rows are gold types, columns predicted ones, the last of each is `none`.
struct Confusion {
  std::vector<std::string> types;
  /// cells[gold][predicted]. Whatever a pair's boundary, direction or arguments, it stands at its types; the
  /// diagonal holds such errors beside what is right.
  std::vector<std::vector<OutcomeList>> cells;
};

SPANLAB_API Confusion confusion(std::span<const EntityOutcome> outcomes, const Inventory& inventory);
SPANLAB_API Confusion confusion(std::span<const RelationOutcome> outcomes, const Inventory& inventory);

}  // namespace spanlab::host
