// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/errors.hpp"

namespace spanlab::host {

/// Counts of a category or of a part of a breakdown.
struct ErrorLine {
  std::string name;
  std::int64_t correct = 0;
  std::int64_t false_positives = 0;
  std::int64_t false_negatives = 0;

  std::int64_t errors() const { return false_positives + false_negatives; }
  Score score() const { return score_of({correct, correct + false_positives, correct + false_negatives}); }
};

/// A breakdown's lines.
struct ErrorTable {
  std::string name;
  std::vector<ErrorLine> lines;
};

/// ItemErrors (errors.hpp) as numbers, summed over trials.
struct ItemErrorCounts {
  ErrorLine all;  ///< the categories' sums
  std::vector<ErrorLine> categories;
  std::vector<ErrorTable> breakdowns;
  std::vector<std::string> types;                    ///< the last is `none`
  std::vector<std::vector<std::int64_t>> confusion;  ///< [gold][predicted]
};

/// RelationCeiling (ceiling.hpp) as numbers.
struct CeilingCounts {
  std::int64_t gold = 0;
  std::int64_t reachable = 0;
  ItemCounts on_found_arguments;

  double recall() const { return percent(reachable, gold); }
};

/// The errors of trials that were scored on the same sentences.
struct ErrorCounts {
  std::size_t trials = 0;
  ItemErrorCounts entity;
  ItemErrorCounts strict;
  ItemErrorCounts boundary;
  CeilingCounts ceiling_strict;
  CeilingCounts ceiling_boundary;
};

/// Adds those of more trials, lines by their names: a breakdown that only some have counts these alone.
SPANLAB_API void add(const ErrorCounts& more, ErrorCounts& counts);

/// Adds those of one more trial.
SPANLAB_API void add(const ErrorAnalysis& analysis, ErrorCounts& counts);

}  // namespace spanlab::host
