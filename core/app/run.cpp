// SPDX-License-Identifier: MIT
#include "app/run.hpp"

#include <algorithm>
#include <set>

#include "app/report.hpp"
#include "files/files.hpp"
#include "run/check_process.hpp"
#include "run/checks.hpp"
#include "run/launcher.hpp"
#include "run/provenance.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "store/trial_file.hpp"
#include "store/index.hpp"

namespace spanlab::host::app {

namespace {

// Trials that are to be run although something is there already.
struct Selection {
  std::set<std::string> again;
  bool only = false;  // the others are left alone
};

LaunchSetup launch_setup(const LaunchOptions& options, const Places& places, const std::string& script,
                         const Selection& selection) {
  LaunchSetup setup;
  setup.program = places.program;
  setup.program_identity = program_identity();
  setup.plugin_path = places.plugin_path;
  setup.data_path = beside_script(places, script).data_path;
  setup.jobs = options.jobs.value_or(0);
  setup.memory = options.memory.value_or(0);
  setup.stuck = options.stuck.value_or(setup.stuck);
  setup.again = selection.again;
  return setup;
}

// A trial whose scores are gone is run again, which a user should know.
void tell_torn(const Plan& plan, const RunStore& store, const Notes& notes) {
  std::set<std::string> seen;
  for (const PlannedTrial& trial : plan.trials) {
    if (!seen.insert(trial.hash).second) continue;
    try {
      const TrialStanding now = standing(store, trial.hash);
      const bool torn = now.state == TrialState::interrupted && now.attempt->torn;
      if (torn) notes("trial " + trial.hash.substr(0, 8) + ": " + now.attempt->status.error);
    } catch (const Error&) {  // the run tells it
    }
  }
}

Plan selected(const Plan& plan, const Selection& selection) {
  Plan part = plan;
  if (selection.only) {
    std::erase_if(part.trials,
                  [&](const PlannedTrial& trial) { return !selection.again.contains(trial.hash); });
  }
  return part;
}

std::vector<RanTrial> ran_trials(const RunView& view) {
  std::vector<RanTrial> trials;
  for (const TrialView& trial : view.trials) {
    trials.push_back(
        {trial.trial->hash, trial.label, trial.trial->seed, trial.phase, trial.attempt.status.error});
  }
  return trials;
}

PlanRun run_plan(Plan plan, const Selection& selection, const LaunchOptions& options, const Places& places,
                 const RunWatch& watch) {
  const RunStore store(places.runs);
  const LaunchSetup setup = launch_setup(options, places, plan.script, selection);
  const Plan chosen = selected(plan, selection);
  PlanRun run{.plan = std::move(plan)};
  const CheckResult checked = check_apart(rows_to_run(chosen, store, setup.again), setup, [&] {
    watch.progress(run.plan.study + ": checking data and models before the first trial");
  });
  if (checked.interrupted) {
    run.end = RunEnd::interrupted_before;
    return run;
  }
  if (checked.error) throw *checked.error;
  check_writable(store.root());
  store.save_plan(run.plan);
  tell_torn(chosen, store, watch.notes);
  const RunResult result = run_trials(chosen, store, setup, *watch.observer());
  run.trials = ran_trials(result.view);
  if (result.interrupted) {
    run.end = RunEnd::interrupted;
    return run;
  }
  if (result.error) throw *result.error;
  run.report = store.study_folder(run.plan.study) / "report";
  run.without_charts = write_whole_report(run.plan, store, run.report, places);
  return run;
}

std::set<std::string> found_by(const std::string& query, const RunStore& store, const Notes& notes) {
  const Index index(store);
  std::set<std::string> hashes;
  const std::vector<IndexedTrial> found = index.select(parse_query(query));
  for (const std::string& trial : index.skipped()) notes("skipped: " + trial);
  for (const IndexedTrial& trial : found) hashes.insert(trial.hash);
  return hashes;
}

std::set<std::string> chosen_trials(const Plan& plan, const RerunOptions& options, const RunStore& store,
                                    const Notes& notes) {
  if (!options.failed && !options.where) {
    throw Error(ErrorKind::usage, "", "expected --failed, --where QUERY or both, to choose trials");
  }
  std::set<std::string> hashes;
  for (const PlannedTrial& trial : plan.trials) {
    if (!options.failed || standing(store, trial.hash).state == TrialState::failed) hashes.insert(trial.hash);
  }
  if (!options.where) return hashes;
  const std::set<std::string> found = found_by(*options.where, store, notes);
  std::erase_if(hashes, [&](const std::string& hash) { return !found.contains(hash); });
  return hashes;
}

}  // namespace

std::int64_t PlanRun::count(Phase phase) const { return std::ranges::count(trials, phase, &RanTrial::phase); }

PlanRun run_study(const RunOptions& options, const Places& places, const RunWatch& watch) {
  const Registry registry = load_registry(places);
  const CardIndex cards = load_cards(beside_script(places, options.script.study), registry);
  Plan plan = plan_of_script(options.script, places, registry, cards, watch.notes);
  check_encoders(plan, registry, cards);
  return run_plan(std::move(plan), {}, options.launch, places, watch);
}

PlanRun resume_study(const ResumeOptions& options, const Places& places, const RunWatch& watch) {
  return run_plan(stored_plan(options.study, RunStore(places.runs)), {}, options.launch, places, watch);
}

PlanRun rerun_study(const RerunOptions& options, const Places& places, const RunWatch& watch) {
  const RunStore store(places.runs);
  Plan plan = stored_plan(options.study, store);
  const Selection selection{chosen_trials(plan, options, store, watch.notes), true};
  if (selection.again.empty()) return {.plan = std::move(plan), .end = RunEnd::nothing_chosen};
  return run_plan(std::move(plan), selection, options.launch, places, watch);
}

}  // namespace spanlab::host::app
