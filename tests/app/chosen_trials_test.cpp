// SPDX-License-Identifier: MIT
#include "app/chosen_trials.hpp"

#include "app/configuration_diff.hpp"
#include "spanlab/error.hpp"
#include "store/made_plan.hpp"
#include "store/trial_file.hpp"
#include "test.hpp"

namespace spanlab::host::app {

namespace {

// A stored study of two rows, each with the seeds 1 and 2.
struct TwoRows {
  test::TemporaryFolder folder;
  RunStore store{folder.path() / "runs"};
  Plan plan = test::made_plan("two", {1, 2}, {1, 2});

  TwoRows() {
    plan.rows[0].label = "depth=1";
    plan.rows[1].label = "depth=2";
    store.save_plan(plan);
    for (const PlannedTrial& trial : plan.trials) prepare_trial(store, trial);
  }

  std::string refusal(const std::string& word) const {
    try {
      choose_row(word, store);
    } catch (const Error& error) {
      BOOST_TEST((error.kind() == ErrorKind::usage));
      return error.what();
    }
    return "";
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(trials_are_chosen_by_hash_row_or_study) {
  const TwoRows two;
  const ChosenTrials study = choose_trials("two", two.store);
  BOOST_TEST((study.kind == ChosenTrials::Kind::study));
  BOOST_TEST(study.trials.size() == 4u);
  for (const char* word : {"two:depth=2", "two:2"}) {
    const ChosenTrials row = choose_trials(word, two.store);
    BOOST_TEST((row.kind == ChosenTrials::Kind::row));
    BOOST_TEST(row.trials.size() == 2u);
    BOOST_TEST(row.trials[0].row == 1);
    BOOST_TEST(row.name == "two: depth=2");
  }
  const ChosenTrials trial = choose_row(two.plan.trials[0].hash.substr(0, 12), two.store);
  BOOST_TEST((trial.kind == ChosenTrials::Kind::trial));
  BOOST_TEST(trial.trials.at(0).seed == 1);
}

BOOST_AUTO_TEST_CASE(what_chooses_no_row_is_refused_with_those_that_there_are) {
  const TwoRows two;
  BOOST_TEST(two.refusal("two").find("'two:depth=1'; its rows: 'depth=1', 'depth=2'") != std::string::npos);
  BOOST_TEST(two.refusal("two:dpeth=2").find("did you mean 'depth=2'?") != std::string::npos);
  BOOST_TEST(two.refusal("tow:2").find("two") != std::string::npos);
  BOOST_TEST(!two.refusal("zz").empty());
}

BOOST_AUTO_TEST_CASE(configurations_differ_where_their_values_do) {
  const TwoRows two;
  const auto differences =
      configuration_differences(choose_row("two:1", two.store), choose_row("two:2", two.store));
  BOOST_TEST(!differences.empty());
  for (const ConfigurationDifference& one : differences) BOOST_TEST(one.a != one.b);
  BOOST_TEST(
      configuration_differences(choose_row("two:1", two.store), choose_row("two:1", two.store)).empty());
}

}  // namespace spanlab::host::app
