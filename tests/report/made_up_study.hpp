// SPDX-License-Identifier: MIT
#pragma once

#include <map>

#include "evaluate/counts_by_document.hpp"
#include "store/run_store.hpp"
#include "test.hpp"

namespace spanlab::test {

/// A plan and a run store on disk with invented results, laid out as the runner lays them out.
class MadeUpStudy {
 public:
  MadeUpStudy();

  /// Adds a row; returns its number. `settings` are set in the base configuration.
  std::size_t add_row(const std::string& label,
                      const std::vector<std::pair<std::string, nlohmann::json>>& settings,
                      const std::string& ablation = "");
  /// Adds the row's trial with `seed` to the plan; nothing is stored yet.
  PlannedTrial& plan_trial(std::size_t row, std::int64_t seed);

  /// Stores a finished attempt with these two scores, a rate of false positives of a tenth of the first, and
  /// curves of two losses, of which the first has the weight 2.
  void finish(const PlannedTrial& trial, double entity_f1, double strict_f1);
  /// Stores what a finished attempt's evaluation counted.
  void count(const PlannedTrial& trial, const CountsByDocument& counts);
  void fail(const PlannedTrial& trial, const std::string& error);
  void interrupt(const PlannedTrial& trial);

  Plan plan;
  RunStore store;
  /// What is written for every finished trial: the environment, numbers of parameters, scores of these types
  /// of entities and of relations, and the weighted totals of losses, which 0.1 did not store.
  nlohmann::json environment;
  std::map<std::string, std::int64_t> parameters;
  std::vector<std::string> types{"A|B"};
  bool totals = true;

 private:
  std::filesystem::path attempt_folder(const PlannedTrial& trial) const;
  TemporaryFolder folder_;
};

/// Two factors, 2 × 2 rows, two ablations, three seeds; a failed, an interrupted and a trial that was not
/// started. The scores are the constants that the expected numbers of the tests were worked out from.
void fill_two_by_two(MadeUpStudy& study);

}  // namespace spanlab::test
