// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <fstream>
#include <thread>

#include "files/files.hpp"
#include "run/child.hpp"
#include "run/launcher.hpp"
#include "store/made_plan.hpp"
#include "test.hpp"

namespace spanlab::test {

/// Waits until `condition` holds; false if it does not within a minute.
template <typename Condition>
bool holds_at_last(Condition condition) {
  auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

/// A plan whose rows do different things.
inline Plan mixed(const std::vector<std::string>& acts) {
  Plan plan = made_plan("mixed", {}, {1});
  for (std::size_t i = 0; i < acts.size(); ++i) {
    Plan one = made_plan("mixed", {static_cast<double>(i)}, {1}, acts[i]);
    one.trials[0].row = static_cast<std::int64_t>(i);
    plan.rows.push_back(one.rows[0]);
    plan.trials.push_back(one.trials[0]);
  }
  return plan;
}

/// Keeps what a run says.
class Recorder : public RunObserver {
 public:
  void begun(const RunView&) override {}
  void changed(const RunView&, const TrialView& trial, const std::vector<std::string>& tail) override {
    phases.push_back(trial.phase);
    if (trial.phase == Phase::failed) tails[trial.trial->hash] = fmt::format("{}", fmt::join(tail, "\n"));
  }
  void tick(const RunView&) override {}
  void ended(const RunView&) override {}

  std::vector<Phase> phases;
  std::map<std::string, std::string> tails;
};

/// A run store in a folder of its own and the means to run plans in it, in this process or in another.
class MadeRun {
 public:
  explicit MadeRun(std::filesystem::path root = {})
      : store(root.empty() ? folder_.path() / "runs" : std::move(root)) {
    make_folder(store.root());
  }

  RunResult run(const Plan& plan, LaunchSetup setup = {}) {
    store.save_plan(plan);
    setup.program = RUN_CHILD;
    return run_trials(plan, store, setup, recorder);
  }

  Child start_runner(const std::string& study, std::vector<std::string> more = {},
                     const std::filesystem::path& program = RUN_CHILD) {
    std::vector<std::string> arguments{"runner", store.root().string(), study};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Child({program, arguments, log()});
  }
  static ChildEnd await(Child& child) {
    std::optional<ChildEnd> end;
    BOOST_REQUIRE(holds_at_last([&] { return (end = child.ended()).has_value(); }));
    return *end;
  }

  /// How often `what` was done, for one trial or for all.
  std::int64_t done(const std::string& what, const std::string& hash = "") const {
    std::ifstream in(store.root() / "journal");
    std::int64_t count = 0;
    for (std::string verb, trial; in >> verb >> trial;)
      count += verb == what && (hash.empty() || trial == hash);
    return count;
  }
  std::int64_t finished(const Plan& plan) const {
    std::int64_t count = 0;
    for (const PlannedTrial& trial : plan.trials) count += store.newest_finished(trial.hash).has_value();
    return count;
  }
  std::filesystem::path log() const { return folder_.path() / "runner.log"; }
  std::string said() const { return std::filesystem::exists(log()) ? read_file(log()) : ""; }

 private:
  TemporaryFolder folder_;

 public:
  RunStore store;
  Recorder recorder;
};

}  // namespace spanlab::test
