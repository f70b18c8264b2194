// SPDX-License-Identifier: MIT
#include "app/show.hpp"

#include <algorithm>

#include "spanlab/error.hpp"
#include "store/configuration_values.hpp"
#include "store/trial_file.hpp"

namespace spanlab::host::app {

using nlohmann::json;

namespace {

// Numbers of trained parameters, by part of the model.
using ParameterCounts = std::map<std::string, std::int64_t>;

// A configuration and where its values came from.
struct Shown {
  json configuration;
  json origins = json::object();
  std::int64_t seed = -1;      // of a trial
  ParameterCounts parameters;  // empty before a trial is finished
};

// The origin of a path is that of the nearest thing above it that has one: a component of the space has one
// for all its values.
std::string origin_of(const json& origins, const std::string& path) {
  for (std::string above = path;; above = above.substr(0, above.rfind('.'))) {
    if (origins.contains(above)) return origins.at(above).get<std::string>();
    if (above.find('.') == above.npos) return "";
  }
}

// A component's name stands at its place.
std::vector<ShownValue> values_of(const Shown& shown) {
  std::vector<ShownValue> lines;
  for_each_value(shown.configuration, [&](std::string path, const json& value) {
    if (path.ends_with(kComponentSuffix)) path.resize(path.size() - kComponentSuffix.size());
    lines.push_back({path, value, origin_of(shown.origins, path)});
  });
  return lines;
}

// Of a finished trial; empty without one.
ParameterCounts trained_parameters(const std::string& hash, const RunStore& store) {
  const auto attempt = store.newest_finished(hash);
  const auto record = attempt ? store.final_record(*attempt) : std::nullopt;
  return record ? record->parameters : ParameterCounts();
}

// The base model's row, or the first where the space leaves the base out.
Shown of_plan(const Plan& plan, const RunStore& store) {
  std::int64_t row = 0;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    if (plan.rows[i].base) row = static_cast<std::int64_t>(i);
  }
  auto trial = std::ranges::find(plan.trials, row, &PlannedTrial::row);
  if (trial == plan.trials.end()) throw Error(ErrorKind::data, plan.study, "its plan has no trials");
  Shown shown{trial->configuration, plan.origins};
  for (; trial != plan.trials.end() && shown.parameters.empty(); ++trial) {
    if (trial->row == row) shown.parameters = trained_parameters(trial->hash, store);
  }
  return shown;
}

// A trial, with the origins that a study which has it knows.
Shown of_trial(const std::string& prefix, const RunStore& store, const Notes& notes) {
  const std::string hash = store.find_trial(prefix);
  const PlannedTrial trial = read_trial(store, hash);
  Shown shown{trial.configuration, json::object(), trial.seed, trained_parameters(hash, store)};
  for (const std::string& study : store.studies()) {
    try {
      const Plan plan = store.current_plan(study);
      if (std::ranges::find(plan.trials, hash, &PlannedTrial::hash) == plan.trials.end()) continue;
      shown.origins = plan.origins;
      break;
    } catch (const Error& error) {
      notes(std::string("skipped: ") + error.what());
    }
  }
  return shown;
}

Shown find(const ScriptOptions& script, const Places& places, const Notes& notes) {
  const RunStore store(places.runs);
  if (script.study.ends_with(".lua")) {
    const Registry registry = load_registry(places);
    const CardIndex cards = load_cards(beside_script(places, script.study), registry);
    return of_plan(plan_of_script(script, places, registry, cards, notes), store);
  }
  const std::vector<std::string> studies = store.studies();
  if (std::ranges::find(studies, script.study) != studies.end()) {
    return of_plan(store.current_plan(script.study), store);
  }
  return of_trial(script.study, store, notes);
}

}  // namespace

std::vector<ShownValue> show_configuration(const ScriptOptions& script, const Places& places,
                                           const Notes& notes) {
  const Shown shown = find(script, places, notes);
  std::vector<ShownValue> values = values_of(shown);
  if (shown.seed >= 0) values.push_back({"seed", shown.seed, ""});
  std::int64_t trained = 0;
  for (const auto& [part, count] : shown.parameters) {
    values.push_back({"parameters." + part, count, "trained"});
    trained += count;
  }
  if (trained > 0) values.push_back({"parameters", trained, "trained"});
  return values;
}

}  // namespace spanlab::host::app
