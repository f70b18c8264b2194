// SPDX-License-Identifier: MIT
#include "app/chosen_trials.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "app/study.hpp"
#include "spanlab/error.hpp"
#include "store/trial_file.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::app {

namespace {

bool is_study(const std::string& word, const RunStore& store) {
  if (word.ends_with(".lua")) return true;
  return std::ranges::any_of(store.studies(), [&](const std::string& name) {
    return name == word || name.starts_with(word + "/") || fmt::format("{}/{}", name, kWholeStudy) == word;
  });
}

std::vector<std::string> labels_of(const Plan& plan) {
  std::vector<std::string> labels;
  for (const PlanRow& row : plan.rows) labels.push_back(row.label);
  return labels;
}

std::string list_of(const std::vector<std::string>& labels) {
  constexpr std::size_t kMost = 12;
  const std::size_t shown = std::min(labels.size(), kMost);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += fmt::format("{}'{}'", i > 0 ? ", " : "", labels[i]);
  return text + (shown < labels.size() ? fmt::format(", … ({} in all)", labels.size()) : "");
}

// The row of this label, or the only one whose last value it is: `60` of `negatives=60`.
std::optional<std::size_t> find_row(const std::vector<std::string>& labels, const std::string& label) {
  const auto whole = std::ranges::find(labels, label);
  if (whole != labels.end()) return static_cast<std::size_t>(whole - labels.begin());
  std::optional<std::size_t> found;
  for (std::size_t row = 0; row < labels.size(); ++row) {
    if (!labels[row].ends_with("=" + label)) continue;
    if (found) return std::nullopt;
    found = row;
  }
  return found;
}

ChosenTrials row_of(Plan plan, const std::string& label, const std::string& word) {
  const std::vector<std::string> labels = labels_of(plan);
  const std::optional<std::size_t> row = find_row(labels, label);
  if (!row) {
    throw Error(ErrorKind::usage, word,
                fmt::format("the study {} has no row '{}'{}; its rows: {}", plan.study, printable(label),
                            did_you_mean(label, labels), list_of(labels)));
  }
  return {ChosenTrials::Kind::row, plan.study + ": " + printable(labels[*row]), trials_of_row(plan, *row),
          plan};
}

}  // namespace

std::vector<PlannedTrial> trials_of_row(const Plan& plan, std::size_t row) {
  std::vector<PlannedTrial> trials;
  for (const PlannedTrial& trial : plan.trials) {
    if (static_cast<std::size_t>(trial.row) == row) trials.push_back(trial);
  }
  return trials;
}

ChosenTrials choose_trials(const std::string& word, const RunStore& store) {
  if (is_study(word, store)) {
    Plan plan = stored_plan(word, store);
    return {ChosenTrials::Kind::study, plan.study, plan.trials, plan};
  }
  for (std::size_t colon = word.find(':'); colon != word.npos; colon = word.find(':', colon + 1)) {
    const std::string study = word.substr(0, colon);
    if (is_study(study, store)) return row_of(stored_plan(study, store), word.substr(colon + 1), word);
  }
  if (const std::size_t colon = word.find(':'); colon != word.npos)
    stored_plan(word.substr(0, colon), store);  // throws: says which studies there are
  const std::string hash = store.find_trial(word);
  return {ChosenTrials::Kind::trial, "trial " + hash.substr(0, 8), {read_trial(store, hash)}, std::nullopt};
}

ChosenTrials choose_row(const std::string& word, const RunStore& store) {
  ChosenTrials chosen = choose_trials(word, store);
  if (chosen.kind != ChosenTrials::Kind::study) return chosen;
  const std::vector<std::string> labels = labels_of(*chosen.plan);
  if (labels.size() == 1) return row_of(*chosen.plan, labels[0], word);
  throw Error(ErrorKind::usage, word,
              fmt::format("expected one row of the study, as '{}:{}'; its rows: {}", word, labels[0],
                          list_of(labels)));
}

}  // namespace spanlab::host::app
