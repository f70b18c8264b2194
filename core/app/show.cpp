// SPDX-License-Identifier: MIT
#include "app/show.hpp"

#include <algorithm>

#include "spanlab/error.hpp"
#include "store/attempt.hpp"

namespace spanlab::app {

using nlohmann::json;

namespace {

// A configuration and where its values came from.
struct Shown {
  json configuration;
  json origins = json::object();
  std::int64_t seed = -1;            // of a trial
  json parameters = json::object();  // trained, by part; empty before a trial is finished
};

// The origin of a path is that of the nearest thing above it that has one: a component of the space has one
// for all its values.
std::string origin_of(const json& origins, const std::string& path) {
  for (std::string above = path;; above = above.substr(0, above.rfind('.'))) {
    if (origins.contains(above)) return origins.at(above).get<std::string>();
    if (above.find('.') == above.npos) return "";
  }
}

void flatten(const json& node, const std::string& path, const json& origins, std::vector<ShownValue>& lines) {
  if (!node.is_object()) {
    lines.push_back({path, node, origin_of(origins, path)});
    return;
  }
  if (node.contains("component")) lines.push_back({path, node.at("component"), origin_of(origins, path)});
  for (const auto& [name, member] : node.items()) {
    if (name != "component") flatten(member, path.empty() ? name : path + '.' + name, origins, lines);
  }
}

// By part, of a finished trial; empty without one.
json trained_parameters(const std::string& hash, const RunStore& store) {
  const auto attempt = store.newest_finished(hash);
  const json line = attempt ? store.final_scores(*attempt) : json();
  return line.is_object() ? line.value("parameters", json::object()) : json::object();
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
    const CardIndex cards = load_cards(places, registry);
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
  std::vector<ShownValue> values;
  flatten(shown.configuration, "", shown.origins, values);
  if (shown.seed >= 0) values.push_back({"seed", shown.seed, ""});
  std::int64_t trained = 0;
  for (const auto& [part, count] : shown.parameters.items()) {
    values.push_back({"parameters." + part, count, "trained"});
    trained += count.get<std::int64_t>();
  }
  if (trained > 0) values.push_back({"parameters", trained, "trained"});
  return values;
}

}  // namespace spanlab::app
