// SPDX-License-Identifier: MIT
#include "run/signals.hpp"

#include <csignal>

#include "made_run.hpp"
#include "store/attempt.hpp"

namespace spanlab::test {

namespace {

using Handler = void (*)(int);

// Sets how a signal is handled as long as it lives.
class Handling {
 public:
  Handling(int signal, Handler handler) : signal_(signal), before_(std::signal(signal, handler)) {}
  ~Handling() { std::signal(signal_, before_); }

 private:
  int signal_;
  Handler before_;
};

Handler handler_of(int signal) {
  struct sigaction action{};
  sigaction(signal, nullptr, &action);
  return action.sa_handler;
}

// Tests may be run in the background, where a shell has SIGINT ignored: what they start must hear it all the
// same.
struct HeardSignals {
  HeardSignals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
  }
};

}  // namespace

BOOST_GLOBAL_FIXTURE(HeardSignals);

BOOST_AUTO_TEST_SUITE(signals)

BOOST_AUTO_TEST_CASE(a_signal_that_was_ignored_stays_ignored) {
  const Handling hangup(SIGHUP, SIG_IGN), interrupt(SIGINT, SIG_IGN), terminate(SIGTERM, SIG_DFL),
      child(SIGCHLD, SIG_IGN);
  {
    const Signals signals;
    BOOST_TEST((handler_of(SIGHUP) == SIG_IGN));
    BOOST_TEST((handler_of(SIGINT) == SIG_IGN));
    BOOST_TEST((handler_of(SIGCHLD) != SIG_IGN));  // without it nobody would hear how a child ended
    std::raise(SIGHUP);
    std::raise(SIGINT);
    BOOST_TEST(signals.interrupts() == 0);
    std::raise(SIGTERM);
    BOOST_TEST(signals.interrupts() == 1);
  }
  BOOST_TEST((handler_of(SIGHUP) == SIG_IGN));
  BOOST_TEST((handler_of(SIGTERM) == SIG_DFL));
  BOOST_TEST((handler_of(SIGCHLD) == SIG_IGN));
}

BOOST_AUTO_TEST_CASE(a_run_under_nohup_outlives_its_terminal) {
  MadeRun made;
  const Plan plan = made_plan("nohup", {1}, {1, 2}, "wait");
  made.store.save_plan(plan);
  std::optional<Child> runner;
  {
    const Handling hangup(SIGHUP, SIG_IGN), interrupt(SIGINT, SIG_IGN);
    runner.emplace(made.start_runner("nohup", {"--jobs", "1"}));
  }
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 1; }));
  runner->send(SIGHUP);
  runner->send(SIGINT);
  std::ofstream(made.store.root() / "go").put('\n');
  BOOST_TEST(MadeRun::await(*runner).exit_code == 0);
  BOOST_TEST(made.finished(plan) == 2);
}

BOOST_AUTO_TEST_CASE(trials_of_a_runner_that_ignores_sigterm_can_be_ended) {
  MadeRun made;
  const Plan plan = made_plan("deaf", {1}, {1}, "wait");
  made.store.save_plan(plan);
  std::optional<Child> runner;
  {
    const Handling terminate(SIGTERM, SIG_IGN);
    runner.emplace(made.start_runner("deaf"));
  }
  BOOST_REQUIRE(holds_at_last([&] { return made.done("waiting") == 1; }));
  runner->send(SIGINT);
  BOOST_TEST(MadeRun::await(*runner).exit_code == 130);
  BOOST_TEST((standing(made.store, plan.trials[0].hash).state == TrialState::interrupted));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
