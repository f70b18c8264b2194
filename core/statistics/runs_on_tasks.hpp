// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spanlab/generator.hpp"
#include "statistics/summary.hpp"

// Scores of several runs on several tasks or data sets in one number (Agarwal et al. 2021, rliable).
// Intervals are percentiles over resamples: runs are drawn with replacement in each task and system by
// themselves.

namespace spanlab::host {

/// Runs × tasks.
struct RunsOnTasks {
  std::size_t runs = 0;
  std::size_t tasks = 0;
  std::vector<double> values;  ///< run by run: `values[run * tasks + task]`

  double at(std::size_t run, std::size_t task) const { return values[run * tasks + task]; }
};

/// The mean of what is left where ⌊n/4⌋ values are dropped at each end. std::invalid_argument without values.
SPANLAB_API double interquartile_mean(std::span<const double> values);

/// Of all values pooled. std::invalid_argument without values or resamples.
SPANLAB_API Interval interquartile_mean_interval(const RunsOnTasks& scores, std::size_t resamples,
                                                 Generator& generator, double confidence = 0.95);

/// The mean over tasks of P(a > b) + P(a = b) / 2 of one run of each. std::invalid_argument for different
/// tasks or without values.
SPANLAB_API double probability_of_improvement(const RunsOnTasks& a, const RunsOnTasks& b);

SPANLAB_API Interval probability_of_improvement_interval(const RunsOnTasks& a, const RunsOnTasks& b,
                                                         std::size_t resamples, Generator& generator,
                                                         double confidence = 0.95);

}  // namespace spanlab::host
