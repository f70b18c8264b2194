// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// What a system found in a text, against what is there.
struct SPANLAB_API Counts {
  std::int64_t correct = 0;  ///< true positives
  std::int64_t wrong = 0;    ///< found and not there: false positives
  std::int64_t missed = 0;   ///< there and not found: false negatives

  Counts& operator+=(const Counts& other);
  bool operator==(const Counts&) const = default;
};

/// What is made of counts.
enum class Ratio { f1, precision, recall };

/// A ratio before it is divided. F1 is 2 correct / (2 correct + wrong + missed).
struct Quotient {
  std::int64_t part = 0;
  std::int64_t whole = 0;
};

SPANLAB_API Quotient quotient_of(const Counts& counts, Ratio ratio);

/// A fraction between 0 and 1, not a percentage; 0 where the whole is 0.
SPANLAB_API double ratio_of(const Counts& counts, Ratio ratio);

/// One system on one set of documents: the counts of each trained model (seed) in each document.
struct SPANLAB_API SystemCounts {
  std::size_t seeds = 0;
  std::size_t documents = 0;
  std::vector<Counts> counts;  ///< seed by seed: `counts[seed * documents + document]`

  std::span<const Counts> of_seed(std::size_t seed) const;
  const Counts& at(std::size_t seed, std::size_t document) const {
    return counts[seed * documents + document];
  }
};

/// The ratio of each seed over all documents together.
SPANLAB_API std::vector<double> ratios_by_seed(const SystemCounts& system, Ratio ratio);

/// Mean over seeds of the ratio of `a` less that of `b`.
SPANLAB_API double mean_difference(const SystemCounts& a, const SystemCounts& b, Ratio ratio);

/// std::invalid_argument unless both have a seed or more, a document or more, counts of all seeds and
/// documents, and the same number of documents: what all comparisons over documents ask for.
void check_comparable(const SystemCounts& a, const SystemCounts& b);

}  // namespace spanlab::host
