// SPDX-License-Identifier: MIT
#include "store/run_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "files/files.hpp"
#include "made_plan.hpp"
#include "made_record.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "test.hpp"

using namespace spanlab;
using test::made_plan;
using test::TemporaryFolder;

namespace {

bool says(const Error& error, ErrorKind kind, const std::string& part) {
  return error.kind() == kind && std::string(error.what()).find(part) != std::string::npos;
}

// Works on the first trial of a plan without a process.
struct OneTrial {
  TemporaryFolder folder;
  RunStore store{folder.path() / "runs"};
  Plan plan = made_plan("one", {1}, {7});
  std::string hash = plan.trials[0].hash;

  OneTrial() { prepare_trial(store, plan.trials[0]); }

  Attempt open() {
    std::optional<FileLock> lock = FileLock::attempt(store.trial_lock(hash));
    BOOST_REQUIRE(lock.has_value());
    return open_attempt(store, hash, *lock);
  }
  void end(Attempt attempt, AttemptState state) {
    if (state == AttemptState::finished)
      append_line(attempt.folder / kMetricsFile, metrics_line(test::made_final(50)));
    attempt.status.state = state;
    write_status(attempt.folder, attempt.status);
  }
};

}  // namespace

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

BOOST_AUTO_TEST_CASE(a_damaged_status_is_not_finished) {
  OneTrial one;
  Attempt attempt = one.open();
  one.end(attempt, AttemptState::finished);
  std::ofstream(attempt.folder / "status.json") << "{\"state\": \"fini";
  BOOST_TEST(!one.store.newest_finished(one.hash).has_value());
  BOOST_TEST((standing(one.store, one.hash).state == TrialState::interrupted));
}

BOOST_AUTO_TEST_CASE(finished_without_readable_scores_is_torn) {
  const std::string epoch = metrics_line({.split = "train", .losses = EpochLosses()}) + "\n",
                    final = metrics_line(test::made_final(50)) + "\n",
                    broken = R"({"final": true, "scores": {"entity": {"micro": {"f1": "high"}}}})"
                             "\n";
  const std::string zeros(20, '\0');
  const std::vector<std::string> torn{"",
                                      epoch,
                                      epoch + final.substr(0, 30),
                                      zeros,
                                      zeros + final,
                                      epoch + zeros + "\n" + final,
                                      epoch + "[1]\n",
                                      epoch + broken,
                                      "{\"final\": 1}\n"};
  for (const std::string& text : torn) {
    OneTrial one;
    Attempt attempt = one.open();
    one.end(attempt, AttemptState::finished);
    BOOST_TEST((standing(one.store, one.hash).state == TrialState::finished));
    std::ofstream(attempt.folder / "metrics.jsonl") << text;
    const TrialStanding now = standing(one.store, one.hash);
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST((now.state == TrialState::interrupted));
      BOOST_TEST(now.attempt->status.error.find("its final scores cannot be read") != std::string::npos);
      BOOST_TEST(!one.store.newest_finished(one.hash).has_value());
    }
    const Attempt next = one.open();
    BOOST_TEST(next.number == 2);
    one.end(next, AttemptState::finished);
    BOOST_TEST((standing(one.store, one.hash).state == TrialState::finished));
  }
  OneTrial one;
  Attempt attempt = one.open();
  one.end(attempt, AttemptState::finished);
  std::filesystem::remove(attempt.folder / "metrics.jsonl");
  BOOST_TEST(standing(one.store, one.hash).attempt->status.error.find("metrics.jsonl is missing") !=
             std::string::npos);
}

// What cannot be read now may say anything: neither may its trial be run again, nor pass for finished.
BOOST_AUTO_TEST_CASE(a_status_that_cannot_be_read_is_no_answer) {
  OneTrial one;
  const Attempt attempt = one.open();
  one.end(attempt, AttemptState::finished);
  const std::filesystem::path loop = attempt.folder / "status.json";
  std::filesystem::remove(loop);
  std::filesystem::create_symlink("status.json", loop);  // ELOOP
  const auto unreadable = [](const Error& e) { return says(e, ErrorKind::environment, "cannot read"); };
  BOOST_CHECK_EXCEPTION(standing(one.store, one.hash), Error, unreadable);
  BOOST_CHECK_EXCEPTION(one.store.newest_finished(one.hash), Error, unreadable);
}

BOOST_AUTO_TEST_CASE(a_status_of_any_kind_is_survived) {
  OneTrial one;
  const Attempt attempt = one.open();
  const std::filesystem::path file = attempt.folder / "status.json";
  for (const std::string text :
       {"", "[]", "7", "{}", R"({"state": 1})", R"({"state": "finished", "seconds": "long"})",
        R"({"state": "\xff"})", R"({"state": "finished", "step": 1e999})"}) {
    std::ofstream(file) << text;
    BOOST_TEST((standing(one.store, one.hash).state == TrialState::interrupted), text);
  }
  std::filesystem::remove(file);
  BOOST_REQUIRE(mkfifo(file.c_str(), 0666) == 0);  // opening it would wait for ever
  BOOST_TEST((standing(one.store, one.hash).state == TrialState::interrupted));
}

BOOST_AUTO_TEST_CASE(a_damaged_plan_is_told_and_written_anew) {
  TemporaryFolder folder;
  RunStore store(folder.path());
  const Plan plan = made_plan("shape", {1, 2}, {1, 2, 3});
  store.save_plan(plan);
  const std::filesystem::path file = folder.path() / "studies/shape/plans" / (plan.hash() + ".jsonl");
  const std::string whole = read_file(file);
  std::string flipped = whole;
  flipped[flipped.find("\"seed\":2") + 7] = '7';
  const auto told = [](const Error& e) {
    return says(e, ErrorKind::data, "damaged") || says(e, ErrorKind::data, "not a plan") ||
           says(e, ErrorKind::data, "cut short");
  };
  for (const std::string& text : {std::string(), std::string("garbage"), whole.substr(0, whole.size() / 2),
                                  flipped, std::string(50, '\0')}) {
    std::ofstream(file) << text;
    BOOST_CHECK_EXCEPTION(store.current_plan("shape"), Error, told);
    BOOST_CHECK_EXCEPTION(store.current_plan("shape"), Error,
                          [](const Error& e) { return says(e, ErrorKind::data, "writes the plan anew"); });
    store.save_plan(plan);
    BOOST_TEST(store.current_plan("shape").hash() == plan.hash());
  }
  for (const std::string text : {"", "\n", "../x\n", "0123\n"}) {
    std::ofstream(folder.path() / "studies/shape/plan") << text;
    BOOST_CHECK_EXCEPTION(store.current_plan("shape"), Error, told);
    store.save_plan(plan);
    BOOST_TEST(store.current_plan("shape").hash() == plan.hash());
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_trial_file_is_written_anew) {
  OneTrial one;
  const std::filesystem::path file = one.store.trial_folder(one.hash) / "trial.json";
  for (const std::string text : {"", "{\"hash\": ", "[]", "{}", "{\"hash\": 7}"}) {
    std::ofstream(file) << text;
    BOOST_CHECK_EXCEPTION(read_trial(one.store, one.hash), Error,
                          [](const Error& e) { return says(e, ErrorKind::data, "trial.json"); });
    prepare_trial(one.store, one.plan.trials[0]);
    BOOST_TEST(*read_trial(one.store, one.hash).configuration == *one.plan.trials[0].configuration);
  }
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_read_is_no_empty_one) {
  TemporaryFolder folder;
  RunStore store(folder.path());
  BOOST_TEST(store.trials().empty());
  std::filesystem::create_symlink("trials", folder.path() / "trials");  // ELOOP
  BOOST_CHECK_EXCEPTION(store.trials(), Error,
                        [](const Error& e) { return says(e, ErrorKind::environment, "cannot read"); });
}

BOOST_AUTO_TEST_CASE(half_a_line_at_the_end_of_metrics_is_ignored_and_another_is_not) {
  OneTrial one;
  Attempt attempt = one.open();
  std::ofstream(attempt.folder / "metrics.jsonl") << R"({"epoch": 1})" << '\n'
                                                  << R"({"epoch": 2, "final": true, "scores": {}})" << '\n'
                                                  << R"({"epo)";
  BOOST_TEST(one.store.metrics(attempt).size() == 2u);
  BOOST_TEST(one.store.final_record(attempt)->epoch == 2);
  std::ofstream(attempt.folder / "metrics.jsonl") << R"({"epo)" << '\n' << R"({"epoch": 2})" << '\n';
  BOOST_CHECK_EXCEPTION(one.store.metrics(attempt), Error,
                        [](const Error& e) { return says(e, ErrorKind::data, "metrics.jsonl:1"); });
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
