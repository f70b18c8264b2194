// SPDX-License-Identifier: MIT
#include "app/compared_scores.hpp"

#include <algorithm>

#include "results/claim_test.hpp"

namespace spanlab::host::app {

namespace {

SystemCounts system_of(const std::vector<CountsByDocument>& trials, const std::string& path) {
  SystemCounts system;
  for (const CountsByDocument& trial : trials) add_seed(trial, path, system);
  return system;
}

std::vector<double> in_points(std::vector<double> ratios) {
  for (double& ratio : ratios) ratio *= 100;
  return ratios;
}

// The texts that a trial is scored on, and how.
std::string evaluation_of(const PlannedTrial& trial) {
  nlohmann::json data = trial.configuration->at("data");
  for (const char* of_training : {"train", "train_limit", "noise"}) data.erase(of_training);
  const nlohmann::json& identity = *trial.identity;
  return data.dump() + (identity.contains("data") ? identity.at("data").dump() : "");
}

std::string why_not(const FinishedTrials& a, const FinishedTrials& b) {
  std::set<std::string> evaluations = a.evaluations;
  evaluations.insert(b.evaluations.begin(), b.evaluations.end());
  if (evaluations.size() > 1) return "their data, splits or scoring differ";
  const bool shared =
      std::ranges::any_of(a.hashes, [&](const std::string& hash) { return b.hashes.contains(hash); });
  return shared ? "a trial stands on both sides" : "";
}

void test(const SystemCounts& a, const SystemCounts& b, const std::string& why_not, TextUnit unit,
          ComparedScore& score) {
  if (!why_not.empty()) {
    score.test.reason = why_not;
    return;
  }
  const bool method = std::min(a.seeds, b.seeds) >= kFewestSeeds;
  score.claim = method ? "the method" : "these models on texts like these";
  score.test = test_over_texts(b, a, Ratio::f1, method ? Claim::method : Claim::models, unit);
}

}  // namespace

FinishedTrials finished_trials(std::span<const PlannedTrial> trials, const RunStore& store,
                               EvaluatedReader& reader, std::vector<std::string>& notes) {
  FinishedTrials finished;
  for (const PlannedTrial& trial : trials) {
    const std::optional<Attempt> attempt = store.newest_finished(trial.hash);
    if (!attempt) continue;
    const TrialCounts of_trial = trial_counts(trial, *attempt, &reader);
    if (!of_trial.counts) {
      notes.push_back(fmt::format("trial {}: {}", trial.hash.substr(0, 8), of_trial.trouble));
      continue;
    }
    finished.counts.push_back(*of_trial.counts);
    finished.hashes.insert(trial.hash);
    finished.evaluations.insert(evaluation_of(trial));
  }
  return finished;
}

std::vector<ComparedScore> compared_scores(const FinishedTrials& a, const FinishedTrials& b,
                                           const std::string& group) {
  std::vector<ComparedScore> scores;
  if (a.counts.empty() || b.counts.empty()) return scores;
  const std::string reason = why_not(a, b);
  for (const char* name : {"entity.f1", "relation.boundary.f1", "relation.strict.f1"}) {
    ComparedScore score{.path = group.empty() ? name : group + "." + name};
    const SystemCounts of_a = system_of(a.counts, score.path), of_b = system_of(b.counts, score.path);
    if (of_a.seeds == 0 || of_b.seeds == 0) continue;
    score.a = in_points(ratios_by_seed(of_a, Ratio::f1));
    score.b = in_points(ratios_by_seed(of_b, Ratio::f1));
    test(of_a, of_b, reason, a.counts.front().unit, score);
    scores.push_back(std::move(score));
  }
  return scores;
}

}  // namespace spanlab::host::app
