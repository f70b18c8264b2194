// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>

#include "spanlab/generator.hpp"
#include "statistics/summary.hpp"
#include "statistics/system_counts.hpp"

namespace spanlab::host {

/// What is drawn with replacement: documents, the same for both systems and all seeds; and seeds, for each
/// system by itself or the same numbers for both.
enum class Resampled { documents, documents_and_seeds, documents_and_paired_seeds };

/// The difference between two systems' mean ratios over resamples (Efron and Tibshirani 1993).
struct Bootstrap {
  double difference = 0;  ///< observed
  double deviation = 0;   ///< standard deviation of the resampled differences
  Interval percentile;
  /// Of the interval with correction of bias and acceleration (BCa): normal quantile of the share of
  /// resamples below the observed difference, ties half. None if all lie on one side.
  std::optional<double> z0;
  /// Skewness of the differences with one document left out, whatever is resampled. None if leaving out no
  /// document changes anything.
  std::optional<double> acceleration;
  std::optional<Interval> bca;  ///< none without both
};

/// Interval at `confidence`, two-sided. std::invalid_argument as for all comparisons over documents
/// (system_counts.hpp), below two resamples, and for paired seeds of unequal numbers.
SPANLAB_API Bootstrap bootstrap_over_documents(const SystemCounts& a, const SystemCounts& b, Ratio ratio,
                                               Resampled resampled, std::size_t resamples,
                                               Generator& generator, double confidence = 0.95);

}  // namespace spanlab::host
