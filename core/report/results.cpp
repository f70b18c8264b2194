// SPDX-License-Identifier: MIT
#include "report/results.hpp"

#include "evaluate/score_path.hpp"
#include "report/folds.hpp"
#include "report/published.hpp"
#include "spanlab/error.hpp"
#include "store/configuration_values.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

MetricScores scores_of(const ScoreTree& scores, const std::vector<std::string>& metrics) {
  MetricScores found;
  for (const std::string& metric : metrics) found.push_back(find_score(scores, metric));
  return found;
}

std::vector<EpochResult> epochs_of(const std::vector<EpochRecord>& records,
                                   const std::vector<std::string>& metrics) {
  std::vector<EpochResult> epochs;
  for (const EpochRecord& record : records) {
    if (record.is_final || record.epoch < 1) continue;
    EpochResult& epoch = epochs.emplace_back();
    epoch.epoch = record.epoch;
    epoch.losses = record.losses;
    if (record.scores || !record.log.empty()) epoch.scores = scores_of(record.all_scores(), metrics);
  }
  return epochs;
}

void read_finished(const RunStore& store, const Attempt& attempt, const std::vector<std::string>& metrics,
                   TrialResult& result) {
  const std::optional<EpochRecord> record = store.final_record(attempt);
  if (!record) {
    result.ending = TrialEnding::failed;
    result.reason = "finished, but no final scores are stored";
    return;
  }
  result.epochs = epochs_of(store.metrics(attempt), metrics);
  try {
    result.environment = store.environment(attempt);
  } catch (const Error&) {  // how it was computed is not known; its scores are
  }
  result.scores = scores_of(record->all_scores(), metrics);
  result.parameters = record->parameters;
  result.seconds = attempt.status.seconds;
  result.peak_memory = attempt.status.peak_memory;
  result.ending = TrialEnding::finished;
}

void read_unfinished(const std::vector<Attempt>& attempts, TrialResult& result) {
  if (attempts.empty()) {
    result.reason = "not started";
    return;
  }
  const AttemptStatus& status = attempts.back().status;
  if (status.state == AttemptState::failed) {
    result.ending = TrialEnding::failed;
    result.reason = without_folders(status.error);
  } else {
    result.reason = status.state == AttemptState::interrupted ? "interrupted" : "not finished";
    if (!status.error.empty()) {
      result.reason = without_folders(status.error);
    } else if (status.steps > 0) {
      result.reason += fmt::format(" at step {} of {}", status.step, status.steps);
    }
  }
}

/// A hash may stand in several rows; its counts are read once.
class CountsReader {
 public:
  explicit CountsReader(EvaluatedReader* data) : data_(data) {}

  void read(const PlannedTrial& trial, const Attempt& attempt, TrialResult& result) {
    auto [known, is_new] = read_.try_emplace(trial.hash);
    if (is_new) known->second = trial_counts(trial, attempt, data_);
    result.counts = known->second.counts;
    result.counts_trouble = without_folders(known->second.trouble);
  }

 private:
  EvaluatedReader* data_;
  std::map<std::string, TrialCounts> read_;
};

TrialResult read_result(const PlannedTrial& trial, const PlanRow& row,
                        const std::vector<std::string>& metrics, const RunStore& store,
                        CountsReader& counts) {
  TrialResult result;
  result.hash = trial.hash;
  result.row = static_cast<std::size_t>(trial.row);
  result.seed = trial.seed;
  result.fold = value_at(trial.configuration, kFold);
  result.scores.resize(metrics.size());
  result.label = printable(row.label);
  if (!result.fold.is_null()) result.label += fmt::format(", fold {}", result.fold.dump());
  try {
    if (const auto attempt = store.newest_finished(trial.hash)) {
      read_finished(store, *attempt, metrics, result);
      counts.read(trial, *attempt, result);
    } else {
      read_unfinished(store.attempts(trial.hash), result);
    }
  } catch (const Error& error) {
    result.ending = TrialEnding::failed;
    result.reason = "cannot be read: " + without_folders(error.what());
  }
  return result;
}

}  // namespace

std::vector<TrialResult> read_results(const Plan& plan, const std::vector<std::string>& metrics,
                                      const RunStore& store, EvaluatedReader* data) {
  CountsReader counts(data);
  scores_of(ScoreTree(), metrics);  // every one is a score path; what follows can only lack a score
  std::vector<TrialResult> results;
  for (const PlannedTrial& trial : plan.trials)
    results.push_back(
        read_result(trial, plan.rows.at(static_cast<std::size_t>(trial.row)), metrics, store, counts));
  return results;
}

}  // namespace spanlab::host
