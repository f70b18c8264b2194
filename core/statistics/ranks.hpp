// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

// Several systems on several data sets by their ranks (Demšar 2006). Rank 1 is the highest score of a data
// set, equal scores share their mean rank.

namespace spanlab::host {

/// Below this number of data sets ranks say too little for a diagram of critical differences.
inline constexpr std::size_t kFewestDataSets = 5;

/// A score of each system on each data set: `values[data_set * systems + system]`.
struct DataSetScores {
  std::size_t systems = 0;
  std::size_t data_sets = 0;
  std::vector<double> values;
};

struct RankTest {
  double statistic = 0;
  double p = 1;
};

/// Pairs of systems by the test of Nemenyi: equal at `level` if their mean ranks differ by less than
/// `critical_difference`.
struct Nemenyi {
  double q = 0;                    ///< critical studentised range of k systems over √2
  double critical_difference = 0;  ///< q · √(k (k + 1) / (6N))
  std::vector<double> p;           ///< `p[one * systems + other]`, 1 for a system and itself
};

struct RankComparison {
  std::vector<double> mean_ranks;  ///< of each system
  /// χ² that all systems are equal (Friedman 1937), corrected for ties; none if all scores of each data set
  /// are equal.
  std::optional<RankTest> friedman;
  /// The F of it (Iman and Davenport 1980); none where that has none, and where all data sets rank alike: F
  /// is infinite then.
  std::optional<RankTest> iman_davenport;
  Nemenyi nemenyi;
  /// Runs of systems in the order of their mean ranks that `nemenyi` does not tell apart, the first and the
  /// last of each as places in that order; none contains another, none is of one system. The bars of a
  /// diagram.
  std::vector<std::pair<std::size_t, std::size_t>> groups;
};

/// std::invalid_argument below two systems or two data sets, or for missing scores.
SPANLAB_API RankComparison compare_ranks(const DataSetScores& scores, double level = 0.05);

}  // namespace spanlab::host
