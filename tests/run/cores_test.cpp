// SPDX-License-Identifier: MIT
#include "run/cores.hpp"

#include <sched.h>

#include <fstream>
#include <set>

#include "made_run.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

// What a trial wrote about the cores that it may run on, and its threads.
struct Seen {
  int threads = 0;
  std::vector<int> cores;
};

Seen seen(const MadeRun& made, const PlannedTrial& trial) {
  std::ifstream in(made.store.attempts(trial.hash).back().folder / "cores");
  Seen seen;
  in >> seen.threads;
  for (int core; in >> core;) seen.cores.push_back(core);
  return seen;
}

void let_go(const MadeRun& made) { std::ofstream(made.store.root() / "go").put('\n'); }

}  // namespace

BOOST_AUTO_TEST_SUITE(cores)

BOOST_AUTO_TEST_CASE(trials_share_cores_out) {
  const std::vector<int> eight{0, 1, 2, 3, 8, 9, 10, 11};
  auto shares = [&](std::int64_t wanted, std::int64_t open, std::optional<int> granted = {}) {
    return share_cores(eight, granted, wanted, open);
  };
  const CoreShares full = shares(0, 100);
  BOOST_TEST(full.jobs == 8);
  BOOST_TEST(full.threads == 1);
  for (std::size_t i = 0; i < 8; ++i)
    BOOST_TEST(full.cores[i] == std::vector<int>{eight[i]}, boost::test_tools::per_element());

  const CoreShares few = shares(0, 3);
  BOOST_TEST(few.jobs == 3);
  BOOST_TEST(few.threads == 2);
  BOOST_TEST(few.cores[1] == (std::vector<int>{2, 3}), boost::test_tools::per_element());
  BOOST_TEST(few.cores[2] == (std::vector<int>{8, 9}), boost::test_tools::per_element());

  BOOST_TEST(shares(0, 1).cores[0] == eight, boost::test_tools::per_element());
  BOOST_TEST(shares(2, 100).threads == 4);
  BOOST_TEST(shares(0, 0).jobs == 1);

  const CoreShares crowded = shares(12, 100);  // more than cores, by --jobs: they share cores
  BOOST_TEST(crowded.jobs == 12);
  BOOST_TEST(crowded.cores[9] == std::vector<int>{1}, boost::test_tools::per_element());

  const CoreShares part = shares(0, 100, 3);  // no core is ours alone
  BOOST_TEST(part.jobs == 3);
  BOOST_TEST(part.cores[2].empty());
  BOOST_TEST(shares(0, 1, 3).threads == 3);
  BOOST_TEST(shares(0, 100, 64).jobs == 8);
}

BOOST_AUTO_TEST_CASE(control_groups_limit_the_time) {
  TemporaryFolder folder;
  const fs::path proc = folder.path() / "proc", groups = folder.path() / "groups";
  BOOST_TEST(!granted_cores(proc, groups).has_value());
  put(proc / "cgroup", "0::/jobs/mine\n");
  BOOST_TEST(!granted_cores(proc, groups).has_value());
  put(groups / "jobs/mine/cpu.max", "max 100000\n");
  BOOST_TEST(!granted_cores(proc, groups).has_value());
  put(groups / "jobs/mine/cpu.max", "250000 100000\n");
  BOOST_TEST(granted_cores(proc, groups).value() == 3);
  put(groups / "jobs/cpu.max", "50000 100000\n");  // of the group above
  BOOST_TEST(granted_cores(proc, groups).value() == 1);
  put(groups / "jobs/cpu.max", "200000 100000\n");
  BOOST_TEST(granted_cores(proc, groups).value() == 2);

  const fs::path old = folder.path() / "old";
  put(proc / "cgroup", "7:memory:/mine\n4:cpu,cpuacct:/mine\n");
  put(old / "cpu,cpuacct/mine/cpu.cfs_period_us", "100000\n");
  put(old / "cpu,cpuacct/mine/cpu.cfs_quota_us", "-1\n");
  put(old / "cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  BOOST_TEST(!granted_cores(proc, old).has_value());
  put(old / "cpu,cpuacct/mine/cpu.cfs_quota_us", "400000\n");
  BOOST_TEST(granted_cores(proc, old).value() == 4);
}

// The affinity is that of the trial's process as the kernel says it, not what the launcher meant.
BOOST_AUTO_TEST_CASE(running_trials_have_cores_of_their_own) {
  const std::vector<int> allowed = allowed_cores();
  const std::optional<int> granted = granted_cores();
  if (allowed.size() < 2 || (granted && *granted < static_cast<int>(allowed.size()))) {
    BOOST_TEST_MESSAGE("skipped: fewer than two cores, or only a part of their time");
    return;
  }
  MadeRun made;
  const auto count = static_cast<double>(allowed.size());
  std::vector<double> values;
  for (double value = 0; value < count + 1; ++value) values.push_back(value);
  const Plan plan = made_plan("pinned", values, {1}, "cores");  // one trial more than cores
  made.store.save_plan(plan);
  Child runner = made.start_runner("pinned");
  BOOST_REQUIRE(
      holds_at_last([&] { return made.done("waiting") == static_cast<std::int64_t>(allowed.size()); }));
  std::set<int> taken;
  std::int64_t running = 0;
  for (const PlannedTrial& trial : plan.trials) {
    if (made.store.attempts(trial.hash).empty()) continue;
    const Seen trial_saw = seen(made, trial);
    BOOST_TEST(trial_saw.threads == 1);
    BOOST_REQUIRE(trial_saw.cores.size() == 1u);
    BOOST_TEST(taken.insert(trial_saw.cores[0]).second);
    BOOST_TEST(std::ranges::count(allowed, trial_saw.cores[0]) == 1);
    ++running;
  }
  BOOST_TEST(running == static_cast<std::int64_t>(allowed.size()));
  let_go(made);
  BOOST_TEST(MadeRun::await(runner).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(one_trial_has_all_cores) {
  MadeRun made;
  const Plan plan = made_plan("alone", {1}, {1}, "cores");
  let_go(made);
  made.run(plan);
  const Seen trial_saw = seen(made, plan.trials[0]);
  BOOST_TEST(trial_saw.cores == allowed_cores(), boost::test_tools::per_element());
  BOOST_TEST(trial_saw.threads ==
             std::min(static_cast<int>(trial_saw.cores.size()), granted_cores().value_or(1 << 20)));
}

BOOST_AUTO_TEST_CASE(the_mask_that_the_runner_was_given_holds) {
  MadeRun made;
  const int only = allowed_cores().back();
  const Plan plan = made_plan("masked", {1, 2}, {1}, "cores");
  made.store.save_plan(plan);
  Child runner({RUN_CHILD, {"runner", made.store.root().string(), "masked"}, made.log(), {only}});
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 1; }));
  let_go(made);
  BOOST_TEST(MadeRun::await(runner).exit_code == 0);
  for (const PlannedTrial& trial : plan.trials) {
    const Seen trial_saw = seen(made, trial);
    BOOST_TEST(trial_saw.threads == 1);
    BOOST_TEST(trial_saw.cores == std::vector<int>{only}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_SUITE_END()
