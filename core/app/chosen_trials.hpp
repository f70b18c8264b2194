// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/run_store.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

/// What a word of the command line chooses of a run store: a trial, a row of a study, or a study.
struct ChosenTrials {
  enum class Kind { trial, row, study };

  Kind kind = Kind::trial;
  std::string name;                  ///< for people: `trial 1a2b3c4d`, `negatives: 60`
  std::vector<PlannedTrial> trials;  ///< in the plan's order
  std::optional<Plan> plan;          ///< of a row or a study
};

/// The trials of a plan's row, in the order of its seeds.
std::vector<PlannedTrial> trials_of_row(const Plan& plan, std::size_t row);

/// `word` is `STUDY:ROW`, where STUDY is a stored study or a script and ROW the label of a row, or the last
/// value of it where no other row ends with that (`60` for `negatives=60`); a study alone; or else the
/// beginning of a trial's hash. Throws Error(usage) with the nearest name.
SPANLAB_API ChosenTrials choose_trials(const std::string& word, const RunStore& store);

/// One trial, or the trials of one row: a study stands for its only row. Throws Error(usage) with the rows
/// where it has several.
SPANLAB_API ChosenTrials choose_row(const std::string& word, const RunStore& store);

}  // namespace spanlab::host::app
