// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "records/epoch_record.hpp"
#include "results/evaluated.hpp"
#include "results/trial_counts.hpp"
#include "store/run_store.hpp"

namespace spanlab::host {

enum class TrialEnding { finished, failed, unfinished };

/// One number for each metric of the report; none where the scores do not hold it, as those of a type that
/// does not occur.
using MetricScores = std::vector<std::optional<double>>;

/// A point of a trial's learning curves.
struct EpochResult {
  std::int64_t epoch = 0;
  /// On the dev split; empty in a record of losses.
  MetricScores scores;
  std::optional<EpochLosses> losses;
};

/// What the store holds of one planned trial.
struct TrialResult {
  std::string hash;
  /// Of the plan, and its label.
  std::size_t row = 0;
  std::string label;
  std::int64_t seed = 0;
  /// Of data with folds, else null.
  nlohmann::json fold;
  TrialEnding ending = TrialEnding::unfinished;
  /// Why it failed, or how far it is: `not started`, `running`, `interrupted`.
  std::string reason;
  /// Of the newest finished attempt.
  MetricScores scores;
  std::vector<EpochResult> epochs;
  /// How many are trained, by part of the model; empty if they were not stored.
  std::map<std::string, std::int64_t> parameters;
  nlohmann::json environment;
  /// Of the same attempt: wall time and the most memory in bytes; 0 where they were not stored.
  double seconds = 0;
  std::int64_t peak_memory = 0;
  /// Of its final evaluation, or why there are none.
  std::shared_ptr<const CountsByDocument> counts;
  std::string counts_trouble;

  /// Of different rows, trials with the same seed and fold are compared with each other.
  bool is_pair_of(const TrialResult& other) const { return seed == other.seed && fold == other.fold; }
};

/// A number of one trial.
struct SeedValue {
  const TrialResult* trial = nullptr;
  double value = 0;
};

/// One result per trial of the plan, in its order, with a score for each of `metrics`. A stored trial that
/// cannot be read counts as failed, with the reason. `data` is where counts come from that no training
/// stored; without it these trials have none. Throws Error(usage) for a metric that is no score path.
std::vector<TrialResult> read_results(const Plan& plan, const std::vector<std::string>& metrics,
                                      const RunStore& store, EvaluatedReader* data);

}  // namespace spanlab::host
