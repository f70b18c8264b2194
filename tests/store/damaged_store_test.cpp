// SPDX-License-Identifier: MIT
// What damage and power cuts leave of a run store.
#include "one_trial.hpp"

using namespace spanlab;
using namespace spanlab::host;
using test::made_plan;
using test::TemporaryFolder;
using namespace spanlab::test;

BOOST_AUTO_TEST_SUITE(damaged_store)

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

BOOST_AUTO_TEST_SUITE_END()
