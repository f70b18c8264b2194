// SPDX-License-Identifier: MIT
// What commands tell of a run store: status, logs, ls, show.
#include <fstream>

#include "app/logs.hpp"
#include "app/ls.hpp"
#include "app/show.hpp"
#include "app/status.hpp"
#include "files/file_lock.hpp"
#include "files/files.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"
#include "store/made_plan.hpp"
#include "test.hpp"

namespace spanlab::host::app {

namespace {

// Two trials of one row; the first is finished, with a log of two lines.
struct HalfDone {
  test::TemporaryFolder folder;
  Places places{.runs = folder.path() / "runs"};
  RunStore store{places.runs};
  Plan plan = test::made_plan("half", {1}, {1, 2});
  std::vector<std::string> told;
  Notes notes = [this](const std::string& line) { told.push_back(line); };

  HalfDone() {
    store.save_plan(plan);
    for (const PlannedTrial& trial : plan.trials) prepare_trial(store, trial);
    const std::optional<FileLock> lock = FileLock::attempt(store.trial_lock(hash(0)));
    Attempt attempt = open_attempt(store, hash(0), *lock);
    std::ofstream(attempt.folder / "log.txt") << "one\ntwo\n";
    const nlohmann::json scores{{"final", true},
                                {"parameters", {{"encoder", 7}, {"entity", 5}}},
                                {"scores", {{"entity", {{"micro", {{"f1", 50.0}}}}}}}};
    append_line(attempt.folder / "metrics.jsonl", scores.dump());
    attempt.status.state = AttemptState::finished;
    write_status(attempt.folder, attempt.status);
  }

  const std::string& hash(std::size_t trial) const { return plan.trials[trial].hash; }
};

std::string log_of(const HalfDone& half, const LogsOptions& options) {
  std::string text;
  read_log(options, half.places, [&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(status_tells_each_trial_of_the_plan) {
  const HalfDone half;
  const StudyStatus status = study_status("half", half.places);
  BOOST_REQUIRE_EQUAL(status.trials.size(), 2u);
  BOOST_TEST(status.trials[0].state() == "finished");
  BOOST_TEST(status.trials[1].state() == "waiting");
  BOOST_TEST(status.any(TrialState::waiting));
  BOOST_TEST(!status.any(TrialState::failed));
}

BOOST_AUTO_TEST_CASE(a_trial_that_cannot_be_read_hides_no_other) {
  const HalfDone half;
  const std::filesystem::path file = half.store.trial_folder(half.hash(0)) / "attempt-1" / "status.json";
  std::filesystem::remove(file);
  std::filesystem::create_symlink(file, file);  // a loop
  const StudyStatus status = study_status("half", half.places);
  BOOST_TEST(status.trials[0].state() == "unreadable");
  BOOST_TEST(!status.trials[0].unreadable.empty());
  BOOST_TEST(status.trials[1].state() == "waiting");
}

BOOST_AUTO_TEST_CASE(a_log_is_read_to_its_end) {
  const HalfDone half;
  BOOST_TEST(log_of(half, {.trial = half.hash(0).substr(0, 8)}) == "one\ntwo\n");
  BOOST_TEST(log_of(half, {.trial = half.hash(0), .follow = true}) == "one\ntwo\n");  // nobody writes it
  BOOST_CHECK_THROW(log_of(half, {.trial = half.hash(0), .attempt = 2}), Error);
  BOOST_CHECK_THROW(log_of(half, {.trial = half.hash(1)}), Error);
}

BOOST_AUTO_TEST_CASE(a_sink_that_wants_no_more_ends_the_following) {
  const HalfDone half;
  const std::optional<FileLock> working = FileLock::attempt(half.store.trial_lock(half.hash(0)));
  int calls = 0;
  read_log({.trial = half.hash(0), .follow = true}, half.places,
           [&](std::string_view) { return ++calls < 3; });
  BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_CASE(trials_are_found_by_a_query_with_all_that_is_known_of_them) {
  HalfDone half;
  const FoundTrials all = find_trials({}, half.places, half.notes);
  BOOST_TEST(all.trials.size() == 2u);
  const FoundTrials good = find_trials("entity.f1 > 40 and seed = 1", half.places, half.notes);
  BOOST_REQUIRE_EQUAL(good.trials.size(), 1u);
  BOOST_TEST(good.asked == std::vector<std::string>{"entity.f1"}, boost::test_tools::per_element());
  const nlohmann::json whole = nlohmann::json::parse(whole_trials(good, half.notes));
  BOOST_TEST(whole[0]["trial"] == half.hash(0));
  BOOST_TEST(whole[0]["scores"]["entity"]["micro"]["f1"] == 50.0);
  BOOST_TEST(whole[0]["configuration"]["train"]["value"] == 1.0);
  BOOST_TEST(half.told.empty());
}

BOOST_AUTO_TEST_CASE(without_a_store_there_is_no_index) {
  const FoundTrials none = find_trials({}, {.runs = "/nowhere/runs"}, [](const std::string&) {});
  BOOST_TEST((none.index == nullptr));
  BOOST_TEST(whole_trials(none, {}) == "[]");
}

BOOST_AUTO_TEST_CASE(a_configuration_is_shown_with_the_numbers_of_what_was_trained) {
  HalfDone half;
  std::map<std::string, std::string> values;
  for (const ShownValue& value : show_configuration({.study = half.hash(0)}, half.places, half.notes))
    values[value.path] = value.value.dump();
  BOOST_TEST(values.at("encoder") == "\"birnn\"");
  BOOST_TEST(values.at("encoder.size") == "32");
  BOOST_TEST(values.at("seed") == "1");
  BOOST_TEST(values.at("parameters.encoder") == "7");
  BOOST_TEST(values.at("parameters") == "12");
}

}  // namespace spanlab::host::app
