// SPDX-License-Identifier: MIT
#include "app/ls.hpp"

#include <algorithm>

#include "spanlab/error.hpp"
#include "records/score_json.hpp"
#include "store/trial_file.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::app {

using nlohmann::json;

namespace {

std::vector<std::string> asked_paths(const std::vector<Condition>& conditions) {
  std::vector<std::string> paths;
  for (const Condition& condition : conditions) {
    const bool fixed = condition.path == "seed" || condition.path == "state";
    if (!fixed && std::ranges::find(paths, condition.path) == paths.end()) paths.push_back(condition.path);
  }
  return paths;
}

json whole(const IndexedTrial& trial, const RunStore& store) {
  json node{{"trial", trial.hash},        {"seed", trial.seed},       {"state", to_text(trial.state)},
            {"attempts", trial.attempts}, {"started", trial.started}, {"seconds", trial.seconds},
            {"error", trial.error},       {"scores", nullptr}};
  node["configuration"] = read_trial(store, trial.hash).configuration;
  if (const std::optional<Attempt> finished = store.newest_finished(trial.hash)) {
    if (const auto record = store.final_record(*finished)) node["scores"] = to_json(record->all_scores());
  }
  return node;
}

}  // namespace

FoundTrials find_trials(const std::optional<std::string>& where, const Places& places, const Notes& notes) {
  FoundTrials found{.store = RunStore(places.runs)};
  std::vector<Condition> conditions;
  if (where) conditions = parse_query(*where);
  found.asked = asked_paths(conditions);
  if (!std::filesystem::exists(found.store.root())) return found;
  found.index = std::make_unique<Index>(found.store);
  found.trials = found.index->select(conditions);
  for (const std::string& trial : found.index->skipped()) notes("skipped: " + printable(trial));
  return found;
}

std::string whole_trials(const FoundTrials& found, const Notes& notes) {
  json trials = json::array();
  for (const IndexedTrial& trial : found.trials) {
    try {
      trials.push_back(whole(trial, found.store));
    } catch (const Error& error) {  // it changed after the index had read it
      notes(std::string("skipped: ") + error.what());
    }
  }
  return trials.dump(2);
}

}  // namespace spanlab::host::app
