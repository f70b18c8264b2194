// SPDX-License-Identifier: MIT
#include "one_trial.hpp"

using namespace spanlab;
using namespace spanlab::host;
using test::made_plan;
using test::TemporaryFolder;
using namespace spanlab::test;

BOOST_AUTO_TEST_SUITE(run_store)

BOOST_AUTO_TEST_CASE(a_plan_is_saved_once_and_read_back) {
  TemporaryFolder folder;
  RunStore store(folder.path());
  Plan plan = made_plan("shape", {1, 2}, {1, 2, 3});
  store.save_plan(plan);
  std::filesystem::path file = folder.path() / "studies/shape/plans" / (plan.hash() + ".jsonl");
  auto written = std::filesystem::last_write_time(file);
  store.save_plan(plan);
  BOOST_TEST((std::filesystem::last_write_time(file) == written));
  Plan back = store.current_plan("shape");
  BOOST_TEST(back.hash() == plan.hash());
  BOOST_TEST(back.trials.size() == 6u);
  BOOST_TEST(*back.trials[4].configuration == *plan.trials[4].configuration);

  Plan wider = made_plan("shape", {1, 2, 3}, {1, 2, 3});
  store.save_plan(wider);
  BOOST_TEST(store.current_plan("shape").hash() == wider.hash());
  BOOST_TEST(std::filesystem::exists(file));
  BOOST_TEST(store.studies() == std::vector<std::string>{"shape"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unknown_study_is_refused_with_the_nearest) {
  TemporaryFolder folder;
  RunStore store(folder.path());
  store.save_plan(made_plan("negatives", {1}, {1}));
  BOOST_CHECK_EXCEPTION(store.current_plan("negtives"), Error, [](const Error& e) {
    return says(e, ErrorKind::usage, "did you mean 'negatives'?");
  });
  BOOST_CHECK_EXCEPTION(store.current_plan("../x"), Error,
                        [](const Error& e) { return says(e, ErrorKind::usage, "cannot name a study"); });
}

BOOST_AUTO_TEST_CASE(trials_are_found_by_a_unique_prefix) {
  TemporaryFolder folder;
  RunStore store(folder.path());
  Plan plan = made_plan("prefix", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}, {1});
  for (const PlannedTrial& trial : plan.trials) prepare_trial(store, trial);
  BOOST_TEST(store.find_trial(plan.trials[3].hash.substr(0, 12)) == plan.trials[3].hash);
  BOOST_CHECK_EXCEPTION(store.find_trial("xyz"), Error, [](const Error& e) {
    return says(e, ErrorKind::usage, "no trial in the run store");
  });
  // 17 hashes over 16 digits: some digit begins two of them.
  std::map<char, int> first;
  for (const PlannedTrial& trial : plan.trials) ++first[trial.hash[0]];
  auto shared = std::find_if(first.begin(), first.end(), [](const auto& entry) { return entry.second > 1; });
  BOOST_CHECK_EXCEPTION(store.find_trial(std::string(1, shared->first)), Error,
                        [](const Error& e) { return says(e, ErrorKind::usage, "trials begin with"); });
}

BOOST_AUTO_TEST_CASE(a_status_survives_its_file) {
  AttemptStatus status{AttemptState::failed,
                       "host",
                       12,
                       "2026-01-02T03:04:05Z",
                       "b",
                       "c",
                       "too \"bad\"",
                       1.5,
                       1 << 20,
                       3,
                       9,
                       0.25};
  AttemptStatus back = attempt_status(nlohmann::json::parse(to_json(status).dump()));
  BOOST_TEST(to_json(back) == to_json(status));
}

BOOST_AUTO_TEST_CASE(an_interrupted_attempt_with_a_resume_state_goes_on) {
  OneTrial one;
  Attempt first = one.open();
  BOOST_TEST(first.number == 1);
  BOOST_TEST((standing(one.store, one.hash).state ==
              TrialState::interrupted));  // `running`, but nobody holds the lock
  std::ofstream(first.folder / "resume.safetensors") << "state";
  Attempt second = one.open();
  BOOST_TEST(second.number == 1);
  std::filesystem::remove(first.folder / "resume.safetensors");
  BOOST_TEST(one.open().number == 2);
  BOOST_TEST((one.store.attempts(one.hash)[0].status.state == AttemptState::interrupted));
}

BOOST_AUTO_TEST_CASE(failed_and_finished_attempts_are_kept) {
  OneTrial one;
  one.end(one.open(), AttemptState::failed);
  BOOST_TEST((standing(one.store, one.hash).state == TrialState::failed));
  BOOST_TEST(!one.store.newest_finished(one.hash).has_value());
  Attempt second = one.open();
  BOOST_TEST(second.number == 2);
  one.end(second, AttemptState::finished);
  Attempt third = one.open();
  BOOST_TEST(third.number == 3);
  one.end(third, AttemptState::failed);
  TrialStanding now = standing(one.store, one.hash);
  BOOST_TEST((now.state == TrialState::finished));
  BOOST_TEST(now.attempt->number == 2);
  BOOST_TEST(one.store.newest_finished(one.hash)->number == 2);
}

BOOST_AUTO_TEST_CASE(a_lock_is_held_once_and_can_be_asked_about) {
  OneTrial one;
  const std::filesystem::path file = one.store.trial_lock(one.hash);
  BOOST_TEST(!is_file_locked(file));
  {
    std::optional<FileLock> lock = FileLock::attempt(file);
    BOOST_TEST(is_file_locked(file));
    BOOST_TEST(!FileLock::attempt(file).has_value());
    BOOST_TEST(is_file_locked(file));
  }
  BOOST_TEST(!is_file_locked(file));
}

BOOST_AUTO_TEST_CASE(a_lock_can_be_asked_about_without_the_right_to_write) {
  OneTrial one;
  const std::filesystem::path lock = one.store.trial_lock(one.hash);
  const std::optional<FileLock> held = FileLock::attempt(lock);
  using std::filesystem::perms;
  std::filesystem::permissions(one.folder.path(), perms::all);
  std::filesystem::permissions(lock, perms::owner_read | perms::group_read | perms::others_read);
  const bool was_root = geteuid() == 0 && seteuid(65534) == 0;  // root may write whatever the mode is
  BOOST_TEST(is_file_locked(lock));
  if (was_root) BOOST_REQUIRE(seteuid(0) == 0);
}

BOOST_AUTO_TEST_CASE(a_file_is_replaced_whole_or_not_at_all) {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "a";
  replace_file(file, "old", Durability::synced);
  replace_file(file, "new", Durability::quick);
  BOOST_TEST(read_file(file) == "new");
  BOOST_CHECK_EXCEPTION(replace_file(file / "below", "x", Durability::quick), Error,
                        [](const Error& e) { return says(e, ErrorKind::environment, "Not a directory"); });
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
