// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "store/run_store.hpp"

namespace spanlab {

enum class TrialEnding { finished, failed, unfinished };

/// What the store holds of one planned trial.
struct TrialResult {
  std::string hash;
  std::size_t row = 0;  ///< of the plan
  std::string label;    ///< of that row
  std::int64_t seed = 0;
  nlohmann::json fold;  ///< of data with folds, else null
  TrialEnding ending = TrialEnding::unfinished;
  std::string reason;     ///< why it failed, or how far it is: `not started`, `running`, `interrupted`
  nlohmann::json scores;  ///< of the newest finished attempt, nested as score paths
  std::vector<nlohmann::json> progress;  ///< its lines of metrics.jsonl
  std::map<std::string, std::int64_t>
      parameters;  ///< trained, by part of the model; empty if they were not stored
  nlohmann::json environment;

  /// The score at a path; empty if the trial has none (a type that does not occur).
  std::optional<double> score(const std::string& metric) const;

  /// Of different rows, trials with the same seed and fold are compared with each other.
  bool is_pair_of(const TrialResult& other) const { return seed == other.seed && fold == other.fold; }
};

/// One result per trial of the plan, in its order. A stored trial that cannot be read counts as failed, with
/// the reason.
std::vector<TrialResult> read_results(const Plan& plan, const RunStore& store);

/// `text` with every absolute path cut down to its last name: what is published names no folder of a machine.
std::string without_folders(const std::string& text);

}  // namespace spanlab
