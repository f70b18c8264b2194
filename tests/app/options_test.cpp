// SPDX-License-Identifier: MIT
// What is wrong with options is told all at once, before anything is read.
#include "app/data_build.hpp"
#include "app/evaluate.hpp"
#include "app/run.hpp"
#include "spanlab/error.hpp"
#include "store/made_plan.hpp"
#include "test.hpp"

namespace spanlab::host::app {

namespace {

template <typename Action>
std::vector<std::string> places_of(const Action& action) {
  std::vector<std::string> places;
  try {
    action();
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    for (const Problem& problem : error.problems()) places.push_back(problem.place);
  }
  return places;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_file_that_evaluation_lacks_is_named) {
  const std::vector<std::string> lacking = places_of([] { evaluate({.predictions = "p.json"}, {}); });
  BOOST_TEST(lacking == (std::vector<std::string>{"--gold", "--types"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(everything_wrong_with_a_building_is_named) {
  const std::vector<std::string> wrong = places_of([] { build_data({.what = "x", .result = "y"}, {}); });
  BOOST_TEST(wrong == (std::vector<std::string>{"", "--result", "--out"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rerunning_asks_which_trials) {
  const test::TemporaryFolder folder;
  const Places places{.runs = folder.path()};
  RunStore(places.runs).save_plan(test::made_plan("half", {1}, {1, 2}));
  const auto notes = [](const std::string&) {};
  const RunWatch watch{nullptr, notes, notes};
  BOOST_CHECK_THROW(rerun_study({.study = "half"}, places, watch), Error);
  const PlanRun none = rerun_study({.study = "half", .failed = true}, places, watch);
  BOOST_TEST((none.end == RunEnd::nothing_chosen));
  BOOST_TEST(none.plan.study == "half");
}

}  // namespace spanlab::host::app
