// SPDX-License-Identifier: MIT
#include "app/status.hpp"

#include <algorithm>

#include "spanlab/error.hpp"

namespace spanlab::host::app {

namespace {

StudyTrial look_up(const PlannedTrial& planned, const Plan& plan, const RunStore& store) {
  StudyTrial trial{
      planned.hash, plan.rows.at(static_cast<std::size_t>(planned.row)).label, planned.seed, {}, ""};
  try {
    trial.standing = standing(store, planned.hash);
  } catch (const Error& error) {  // the others are told all the same
    trial.unreadable = error.what();
  }
  return trial;
}

}  // namespace

bool StudyStatus::any(TrialState state) const {
  return std::ranges::any_of(trials, [&](const StudyTrial& trial) {
    return trial.unreadable.empty() && trial.standing.state == state;
  });
}

StudyStatus study_status(const std::string& study, const Places& places) {
  const RunStore store(places.runs);
  StudyStatus status{.plan = stored_plan(study, store)};
  for (const PlannedTrial& trial : status.plan.trials) {
    status.trials.push_back(look_up(trial, status.plan, store));
  }
  const std::string& name = status.plan.study;
  const std::string whole = name.substr(0, name.find('/'));
  for (const std::string& other : store.studies()) {
    if (other != name && (other == whole || other.starts_with(whole + "/")))
      status.other_plans.push_back(other == whole ? fmt::format("{}/{}", whole, kWholeStudy) : other);
  }
  return status;
}

}  // namespace spanlab::host::app
