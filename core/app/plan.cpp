// SPDX-License-Identifier: MIT
#include "app/plan.hpp"

#include "run/checks.hpp"

namespace spanlab::host::app {

namespace {

bool is_finished(const std::string& hash, const RunStore& store, const Notes& notes) {
  try {
    return store.newest_finished(hash).has_value();
  } catch (const Error& error) {
    notes(std::string("counted as to run, for it cannot be read: ") + error.what());
    return false;
  }
}

void look_up(PlanPreview& preview, const RunStore& store, const Notes& notes) {
  preview.to_run.resize(preview.plan.rows.size());
  for (const PlannedTrial& trial : preview.plan.trials) {
    const bool is_new = preview.trials.insert(trial.hash).second;
    if (is_new && is_finished(trial.hash, store, notes)) preview.cached.insert(trial.hash);
    if (!preview.cached.contains(trial.hash)) ++preview.to_run[static_cast<std::size_t>(trial.row)];
  }
}

}  // namespace

PlanPreview preview_plan(const ScriptOptions& options, const Places& places, const Notes& notes) {
  const Registry registry = load_registry(places);
  const CardIndex cards = load_cards(beside_script(places, options.study), registry);
  PlanPreview preview{.plan = plan_of_script(options, places, registry, cards, notes)};
  check_encoders(preview.plan, registry, cards);
  const RunStore store(places.runs);
  look_up(preview, store, notes);
  preview.cost = estimate_cost(preview.plan, preview.cached, store, cards, registry);
  // Planning needs the cards alone, so that what is not here is only told.
  preview.absent = absent_inputs(rows_to_run(preview.plan, store, {}), registry, cards);
  return preview;
}

}  // namespace spanlab::host::app
