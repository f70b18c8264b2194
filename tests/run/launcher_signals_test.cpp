// SPDX-License-Identifier: MIT
// What interrupts do to a run and to its trials.
#include <csignal>

#include "made_run.hpp"
#include "run/launcher.hpp"

using namespace spanlab;
using namespace spanlab::host;
using test::holds_at_last;
using test::made_plan;
using test::MadeRun;
using test::mixed;

BOOST_AUTO_TEST_SUITE(launcher_signals)

BOOST_AUTO_TEST_CASE(an_interrupted_run_is_resumed_in_the_same_attempt) {
  MadeRun made;
  Plan plan = made_plan("interrupted", {1}, {1, 2}, "wait");
  made.store.save_plan(plan);
  Child runner = made.start_runner("interrupted", {"--jobs", "2"});
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 2; }));
  runner.send(SIGINT);
  BOOST_TEST(MadeRun::await(runner).exit_code == 130);
  for (const PlannedTrial& trial : plan.trials)
    BOOST_TEST((standing(made.store, trial.hash).state == TrialState::interrupted));
  std::ofstream(made.store.root() / "go").put('\n');
  RunResult result = made.run(plan);
  BOOST_TEST(result.view.count(Phase::finished) == 2);
  BOOST_TEST(made.done("resumed") == 2);
  for (const PlannedTrial& trial : plan.trials) BOOST_TEST(made.store.attempts(trial.hash).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_second_interrupt_kills) {
  MadeRun made;
  Plan plan = made_plan("stubborn", {1}, {1}, "stubborn");
  made.store.save_plan(plan);
  Child runner = made.start_runner("stubborn");
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 1; }));
  runner.send(SIGINT);
  BOOST_TEST(!runner.ended().has_value());
  BOOST_TEST((standing(made.store, plan.trials[0].hash).state == TrialState::running));
  std::optional<ChildEnd> end;
  // A signal that comes before the first was taken is the same signal.
  BOOST_REQUIRE(holds_at_last([&] {
    runner.send(SIGINT);
    return (end = runner.ended()).has_value();
  }));
  BOOST_TEST(end->exit_code == 130);
  BOOST_TEST((standing(made.store, plan.trials[0].hash).state == TrialState::interrupted));
}

BOOST_AUTO_TEST_CASE(after_one_interrupt_a_trial_that_hangs_is_killed_when_its_grace_is_over) {
  MadeRun made;
  Plan plan = made_plan("hanging", {1}, {1}, "stubborn");
  made.store.save_plan(plan);
  Child runner = made.start_runner("hanging", {"--grace", "1"});
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 1; }));
  runner.send(SIGTERM);
  BOOST_TEST(MadeRun::await(runner).exit_code == 130);
  BOOST_TEST((standing(made.store, plan.trials[0].hash).state == TrialState::interrupted));
}

BOOST_AUTO_TEST_CASE(a_trial_with_a_signal_of_its_own_is_taken_up_again) {
  MadeRun made;
  Plan plan = made_plan("signalled", {1}, {1}, "wait");
  made.store.save_plan(plan);
  Child runner = made.start_runner("signalled");
  const std::string& hash = plan.trials[0].hash;
  // Twice; that it goes on is the third try. A signal may come before the process hears any: it counts as
  // well.
  for (std::int64_t tries = 1; tries <= 2; ++tries) {
    BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == tries; }));
    kill(static_cast<pid_t>(made.store.attempts(hash).back().status.process), SIGTERM);
  }
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 3; }));
  std::ofstream(made.store.root() / "go").put('\n');
  BOOST_TEST(MadeRun::await(runner).exit_code == 0);
  BOOST_TEST(made.done("resumed") == 2);
  BOOST_TEST(made.store.attempts(hash).size() == 1u);
  BOOST_TEST(made.finished(plan) == 1);
}

BOOST_AUTO_TEST_CASE(a_trial_that_is_interrupted_again_and_again_is_left_and_told) {
  MadeRun made;
  Plan plan = mixed({"interrupted", "finish"});
  RunResult result = made.run(plan);
  BOOST_TEST(!result.interrupted);
  BOOST_TEST(!result.error.has_value());
  BOOST_TEST(result.view.count(Phase::finished) == 1);
  BOOST_TEST(result.view.count(Phase::interrupted) == 1);
  BOOST_TEST(made.store.attempts(plan.trials[0].hash).size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
