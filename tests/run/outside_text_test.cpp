// SPDX-License-Identifier: MIT
// Nothing that a trial says or leaves ends a run.
#include <sys/stat.h>

#include "made_run.hpp"
#include "files/checksum.hpp"
#include "run/log_tail.hpp"
#include "sdk/utf8.hpp"
#include "store/attempt.hpp"

namespace spanlab::test {

namespace {

// A row for each kind of rubbish, and one trial that is well.
Plan rubbish_plan(const std::vector<std::string>& kinds) {
  Plan plan = made_plan("rubbish", {}, {1});
  const auto add = [&](Plan one) {
    one.trials[0].row = static_cast<std::int64_t>(plan.rows.size());
    plan.rows.push_back(one.rows[0]);
    plan.trials.push_back(one.trials[0]);
  };
  for (const std::string& kind : kinds) {
    Plan one = made_plan("rubbish", {static_cast<double>(plan.rows.size())}, {1}, "rubbish");
    one.trials[0].configuration.edit()["train"]["rubbish"] = kind;
    one.trials[0].hash = sha256_of(one.trials[0].configuration.dump());
    add(one);
  }
  add(made_plan("rubbish", {98}, {1}, "throw bytes"));
  add(made_plan("rubbish", {99}, {1}));
  return plan;
}

std::string stored_error(const MadeRun& made, const PlannedTrial& trial) {
  return made.store.attempts(trial.hash).back().status.error;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(outside_text)

BOOST_AUTO_TEST_CASE(a_runner_survives_what_trials_leave) {
  MadeRun made;
  const Plan plan = rubbish_plan({"bytes", "long line", "log folder", "status", "no metrics"});
  const RunResult result = made.run(plan);
  BOOST_TEST(!result.error.has_value());
  BOOST_TEST(result.view.count(Phase::finished) == 1);
  BOOST_TEST(result.view.count(Phase::failed) == 6);
  BOOST_TEST(stored_error(made, plan.trials[0]) == " caf\uFFFD \uFFFD\uFFFD\uFFFD\uFFFD[2J");
  BOOST_TEST(stored_error(made, plan.trials[1]).size() < 4000u);
  BOOST_TEST(stored_error(made, plan.trials[2]) == "ended with exit code 9");
  BOOST_TEST(stored_error(made, plan.trials[5]) == "caf\uFFFD \uFFFD gives up");
  BOOST_TEST((standing(made.store, plan.trials[3].hash).state == TrialState::failed));
  BOOST_TEST((standing(made.store, plan.trials[4].hash).state == TrialState::interrupted));
  BOOST_TEST(made.done("trained") == 1);
}

BOOST_AUTO_TEST_CASE(trials_whose_files_cannot_be_used_do_not_hold_up_the_others) {
  MadeRun made;
  const Plan plan = made_plan("in_the_way", {1, 2, 3, 4}, {1});
  made.store.save_plan(plan);
  const auto folder = [&](int i) {
    return made.store.trial_folder(plan.trials[static_cast<std::size_t>(i)].hash);
  };
  make_folder(made.store.root() / "trials");
  std::ofstream(folder(0)) << "a file where the folder should be";
  make_folder(folder(1) / "lock");
  make_folder(folder(2));
  std::ofstream(folder(2) / "trial.json");  // what a power cut left
  const RunResult result = made.run(plan);
  BOOST_TEST(!result.error.has_value());
  BOOST_TEST(result.view.count(Phase::failed) == 2);
  BOOST_TEST(result.view.count(Phase::finished) == 2);
  BOOST_TEST(*read_trial(made.store, plan.trials[2].hash).configuration == *plan.trials[2].configuration);
  std::filesystem::remove(folder(0));
  std::filesystem::remove(folder(1) / "lock");
  BOOST_TEST(made.run(plan).view.count(Phase::finished) == 2);
}

BOOST_AUTO_TEST_CASE(a_log_that_is_a_folder_ends_its_trial) {
  MadeRun made;
  const Plan plan = made_plan("log", {1, 2}, {1}, "wait");
  made.store.save_plan(plan);
  prepare_trial(made.store, plan.trials[0]);
  make_folder(made.store.trial_folder(plan.trials[0].hash) / "attempt-1" / "log.txt");
  std::ofstream(made.store.trial_folder(plan.trials[0].hash) / "attempt-1" / "resume.safetensors")
      << "half way";
  std::ofstream(made.store.root() / "go").put('\n');
  const RunResult result = made.run(plan);
  BOOST_TEST(!result.error.has_value());
  BOOST_TEST(result.view.count(Phase::failed) == 1);
  BOOST_TEST(result.view.count(Phase::finished) == 1);
  BOOST_TEST(stored_error(made, plan.trials[0]) == "its log.txt cannot be opened");
}

BOOST_AUTO_TEST_CASE(the_end_of_a_log_is_text) {
  const TemporaryFolder folder;
  const std::filesystem::path log = folder.path() / "log.txt";
  std::ofstream(log) << "first\n\n\xE9t\xE9\t\x07\n" << std::string(70000, '\xC3') << "\nlast";
  const std::vector<std::string> lines = log_tail(log, 10);
  BOOST_REQUIRE(lines.size() == 2u);
  BOOST_TEST(lines[0].ends_with("…"));
  BOOST_TEST(lines[1] == "last");
  for (const std::string& line : lines) BOOST_TEST(find_invalid_utf8(line) == std::string::npos);
  BOOST_TEST(log_tail(log, 10, 0).size() == 2u);
  BOOST_TEST(log_tail(folder.path(), 10).empty());
  BOOST_REQUIRE(mkfifo((folder.path() / "pipe").c_str(), 0666) == 0);
  BOOST_TEST(log_tail(folder.path() / "pipe", 10).empty());
  BOOST_TEST(log_tail(folder.path() / "none", 10).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
