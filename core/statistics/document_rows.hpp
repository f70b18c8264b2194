// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "statistics/system_counts.hpp"

namespace spanlab::host {

/// Differences this near are equal but for the order in which they were added.
inline constexpr double kEqualDifferences = 1e-12;

/// The counts of two systems as rows of whole numbers, a document a row, so that any choice of documents is a
/// sum of rows: parts of the seeds of a, parts of those of b, then their wholes.
class DocumentRows {
 public:
  DocumentRows(const SystemCounts& a, const SystemCounts& b, Ratio ratio);

  std::size_t documents() const { return documents_; }
  std::size_t seeds_a() const { return seeds_a_; }
  std::size_t seeds_b() const { return seeds_b_; }
  std::size_t width() const { return 2 * (seeds_a_ + seeds_b_); }
  std::span<const std::int64_t> row(std::size_t document) const;
  std::vector<std::int64_t> sum() const;

  /// The ratio of each seed, those of a first, from a sum of rows.
  void ratios(std::span<const std::int64_t> sum, std::span<double> ratios) const;
  /// Mean ratio of a less that of b, from the same.
  double difference(std::span<const std::int64_t> sum) const;

 private:
  std::size_t documents_, seeds_a_, seeds_b_;
  std::vector<std::int64_t> numbers_;
};

}  // namespace spanlab::host
