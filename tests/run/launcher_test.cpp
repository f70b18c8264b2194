// SPDX-License-Identifier: MIT
#include "run/launcher.hpp"

#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <random>

#include "evaluate/score_path.hpp"
#include "made_run.hpp"

using namespace spanlab;
using namespace spanlab::host;
using test::holds_at_last;
using test::made_plan;
using test::MadeRun;
using test::mixed;

namespace {

std::string error_of(const MadeRun& made, const PlannedTrial& trial) {
  return made.store.attempts(trial.hash).back().status.error;
}

bool holds(const std::string& text, const std::string& part) {
  BOOST_TEST_INFO(text);
  return text.find(part) != std::string::npos;
}

std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[entry.path().string()] = read_file(entry.path());
  }
  return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(launcher)

BOOST_AUTO_TEST_CASE(a_plan_is_run_once_and_extended) {
  MadeRun made;
  Plan plan = made_plan("grid", {1, 2}, {1, 2});
  RunResult first = made.run(plan);
  BOOST_TEST(first.view.count(Phase::finished) == 4);
  BOOST_TEST(!first.interrupted);
  const PlannedTrial& trial = *first.view.trials[1].trial;
  std::optional<Attempt> attempt = made.store.newest_finished(trial.hash);
  BOOST_REQUIRE(attempt.has_value());
  BOOST_TEST(find_score(*made.store.final_record(*attempt)->scores, "entity.f1").value() == 3.0);
  nlohmann::json environment = made.store.environment(*attempt);
  BOOST_TEST(environment["threads"].get<int>() >= 1);
  BOOST_TEST(environment["core"].get<std::string>().size() == 64u);
  BOOST_TEST(holds(read_file(attempt->folder / "log.txt"), "training with act finish"));

  BOOST_TEST(made.run(plan).view.count(Phase::cached) == 4);
  Plan more = made_plan("grid", {1, 2, 3}, {1, 2});
  RunResult wider = made.run(more);
  BOOST_TEST(wider.view.count(Phase::cached) == 4);
  BOOST_TEST(wider.view.count(Phase::finished) == 2);
  BOOST_TEST(made.done("trained") == 6);
}

BOOST_AUTO_TEST_CASE(trials_that_fail_in_every_way_do_not_hold_up_the_others) {
  MadeRun made;
  Plan plan = mixed({"abort", "segv", "kill", "exit", "nan", "eat", "finish"});
  LaunchSetup setup;
  setup.memory = std::int64_t{8} << 30;
  RunResult result = made.run(plan, setup);
  BOOST_TEST(result.view.count(Phase::failed) == 6);
  BOOST_TEST(result.view.count(Phase::finished) == 1);
  BOOST_TEST(holds(error_of(made, plan.trials[0]), "crashed by signal 6 (Aborted)"));
  BOOST_TEST(holds(error_of(made, plan.trials[1]), "crashed by signal 11 (Segmentation fault)"));
  BOOST_TEST(holds(error_of(made, plan.trials[2]), "killed by signal 9"));
  BOOST_TEST(holds(error_of(made, plan.trials[3]), "training with act exit"));
  BOOST_TEST(
      holds(error_of(made, plan.trials[4]), "step 12: the loss entity.classify is nan (sentences 3, 4)"));
  BOOST_TEST(holds(error_of(made, plan.trials[5]), "out of memory (limited to 8192 MiB by --memory)"));
  BOOST_TEST(holds(made.recorder.tails[plan.trials[0].hash], "training with act abort"));

  // Failed ones stay failed until they are asked for again; the old attempt is kept.
  BOOST_TEST(made.run(plan).view.count(Phase::failed_before) == 6);
  setup.again = {plan.trials[4].hash};
  BOOST_TEST(made.run(plan, setup).view.count(Phase::failed) == 1);
  BOOST_TEST(made.store.attempts(plan.trials[4].hash).size() == 2u);
  setup.again = {plan.trials[6].hash};
  BOOST_TEST(made.run(plan, setup).view.count(Phase::finished) == 1);
  BOOST_TEST(made.store.newest_finished(plan.trials[6].hash)->number == 2);
}

BOOST_AUTO_TEST_CASE(a_trial_that_makes_no_progress_is_ended_and_the_others_go_on) {
  MadeRun made;
  Plan plan = mixed({"stubborn", "finish"});
  LaunchSetup setup;
  setup.stuck = std::chrono::seconds(1);
  RunResult result = made.run(plan, setup);
  BOOST_TEST(result.view.count(Phase::failed) == 1);
  BOOST_TEST(result.view.count(Phase::finished) == 1);
  BOOST_TEST(error_of(made, plan.trials[0]) == "hung: ended after 1 s without progress (--stuck)");
}

BOOST_AUTO_TEST_CASE(a_runner_killed_at_random_moments_loses_and_repeats_nothing) {
  MadeRun made;
  Plan plan = made_plan("killed", {1, 2, 3}, {1, 2}, "steps");
  made.store.save_plan(plan);
  std::mt19937 random(4);
  std::map<std::string, std::map<std::string, std::string>> finished;
  for (int kills = 0; kills < 60 && made.finished(plan) < 6; ++kills) {
    Child runner = made.start_runner("killed", {"--jobs", "2"});
    // A random moment, counted in steps of the trials: a slow machine sees the same.
    std::int64_t moment = made.done("step") + std::uniform_int_distribution<std::int64_t>(0, 20)(random);
    std::optional<ChildEnd> end;
    BOOST_REQUIRE(holds_at_last([&] { return (end = runner.ended()) || made.done("step") >= moment; }));
    runner.send(SIGKILL);
    if (!end) MadeRun::await(runner);
    for (const PlannedTrial& trial : plan.trials) {
      if (!made.store.newest_finished(trial.hash) || finished.contains(trial.hash)) continue;
      finished[trial.hash] = contents(made.store.trial_folder(trial.hash));
    }
  }
  Child runner = made.start_runner("killed");
  BOOST_TEST(MadeRun::await(runner).exit_code == 0);
  BOOST_TEST(made.store.trials().size() == 6u);
  for (const PlannedTrial& trial : plan.trials) {
    BOOST_TEST(made.store.newest_finished(trial.hash).has_value());
    if (finished.contains(trial.hash))
      BOOST_TEST((finished[trial.hash] == contents(made.store.trial_folder(trial.hash))));
  }
}

BOOST_AUTO_TEST_CASE(two_runners_share_a_plan) {
  MadeRun made;
  Plan plan = made_plan("shared", {1, 2, 3, 4}, {1, 2}, "steps");
  made.store.save_plan(plan);
  Child one = made.start_runner("shared", {"--jobs", "2"});
  Child two = made.start_runner("shared", {"--jobs", "2"});
  BOOST_TEST(MadeRun::await(one).exit_code == 0);
  BOOST_TEST(MadeRun::await(two).exit_code == 0);
  for (const PlannedTrial& trial : plan.trials) BOOST_TEST(made.done("trained", trial.hash) == 1);
  BOOST_TEST(made.finished(plan) == 8);
}

BOOST_AUTO_TEST_CASE(an_exit_code_of_a_component_says_nothing_about_other_trials) {
  MadeRun made;
  Plan plan = mixed({"exit as a rebuilt program", "finish"});
  RunResult result = made.run(plan);
  BOOST_TEST(!result.error.has_value());
  BOOST_TEST(result.view.count(Phase::failed) == 1);
  BOOST_TEST(result.view.count(Phase::finished) == 1);
}

BOOST_AUTO_TEST_CASE(what_the_host_finds_in_a_trial_ends_the_run_and_is_not_the_trials_fault) {
  MadeRun made;
  Plan plan = mixed({"changed data", "finish"});
  LaunchSetup setup;
  setup.jobs = 1;
  RunResult result = made.run(plan, setup);
  BOOST_REQUIRE(result.error.has_value());
  BOOST_TEST((result.error->kind() == ErrorKind::data));
  BOOST_TEST(holds(result.error->what(), "train.json: it is not what the plan was made from"));
  BOOST_TEST((standing(made.store, plan.trials[0].hash).state == TrialState::interrupted));
  BOOST_TEST(result.view.count(Phase::failed) == 0);
}

BOOST_AUTO_TEST_CASE(trials_end_with_a_killed_runner_and_a_crash_leaves_no_lock) {
  MadeRun made;
  Plan plan = made_plan("orphans", {1}, {1}, "wait");
  made.store.save_plan(plan);
  Child runner = made.start_runner("orphans");
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 1; }));
  BOOST_TEST((standing(made.store, plan.trials[0].hash).state == TrialState::running));
  runner.send(SIGKILL);
  MadeRun::await(runner);
  BOOST_TEST(holds_at_last(
      [&] { return standing(made.store, plan.trials[0].hash).state == TrialState::interrupted; }));
}

BOOST_AUTO_TEST_CASE(a_program_rebuilt_during_the_run_stops_it) {
  MadeRun made;
  // Beside the original, for it finds its libraries by where it is.
  std::filesystem::path program = fmt::format("{}_copy_{}", RUN_CHILD, getpid());
  std::filesystem::copy_file(RUN_CHILD, program, std::filesystem::copy_options::overwrite_existing);
  Plan plan = made_plan("rebuilt", {1}, {1, 2}, "wait");
  made.store.save_plan(plan);
  Child runner = made.start_runner("rebuilt", {"--jobs", "1"}, program);
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 1; }));
  std::filesystem::copy_file(program, program.string() + ".new");
  std::ofstream(program.string() + ".new", std::ios::app).put('x');
  std::filesystem::rename(program.string() + ".new", program);
  std::ofstream(made.store.root() / "go").put('\n');
  BOOST_TEST(MadeRun::await(runner).exit_code == 3);
  BOOST_TEST(holds(made.said(), "the program was rebuilt during the run"));
  BOOST_TEST(made.finished(plan) == 1);
  BOOST_TEST((standing(made.store, plan.trials[1].hash).state == TrialState::interrupted));
  Child after = made.start_runner("rebuilt", {}, program);
  BOOST_TEST(MadeRun::await(after).exit_code == 0);
  BOOST_TEST(made.finished(plan) == 2);
  std::filesystem::remove(program);
}

BOOST_AUTO_TEST_CASE(a_program_that_is_gone_stops_the_run) {
  MadeRun made;
  LaunchSetup setup;
  Plan plan = made_plan("gone", {1}, {1});
  made.store.save_plan(plan);
  setup.program = made.store.root() / "nowhere";
  RunResult result = run_trials(plan, made.store, setup, made.recorder);
  BOOST_REQUIRE(result.error.has_value());
  BOOST_TEST(holds(result.error->what(), "the program cannot be started: No such file or directory"));
  BOOST_TEST((result.error->kind() == ErrorKind::environment));
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_be_written_is_refused_before_anything) {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() / "file").put('x');
  BOOST_CHECK_EXCEPTION(check_writable(folder.path() / "file" / "runs"), Error,
                        [](const Error& e) { return e.kind() == ErrorKind::environment; });
}

BOOST_AUTO_TEST_CASE(a_full_disk_ends_the_run_and_nothing_half_written_counts) {
  test::TemporaryFolder folder;
  if (geteuid() != 0 || mount("none", folder.path().c_str(), "tmpfs", 0, "size=2m") != 0) {
    BOOST_TEST_MESSAGE("skipped: a small file system can only be mounted by root");
    return;
  }
  {
    MadeRun made(folder.path() / "runs");
    Plan plan = mixed({"finish", "fill"});
    LaunchSetup setup;
    setup.jobs = 1;
    RunResult result = made.run(plan, setup);
    BOOST_TEST(result.view.count(Phase::finished) == 1);
    BOOST_TEST(made.finished(plan) == 1);
    BOOST_REQUIRE(result.error.has_value());
    BOOST_TEST((result.error->kind() == ErrorKind::environment));
    BOOST_TEST(holds(result.error->what(), "No space left on device"));
    BOOST_TEST((standing(made.store, plan.trials[1].hash).state == TrialState::interrupted));
  }
  umount2(folder.path().c_str(), MNT_DETACH);
}

BOOST_AUTO_TEST_SUITE_END()
