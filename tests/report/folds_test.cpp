// SPDX-License-Identifier: MIT
#include "report/folds.hpp"

#include "report/content.hpp"
#include "report/made_up_study.hpp"

using namespace spanlab;
using namespace spanlab::host;

BOOST_AUTO_TEST_SUITE(folds)

static const std::string kNegatives = "entity.sampler.negatives";

// Two rows in two folds with two seeds each; a fold is worth 10 points, 40 negatives cost 1 to 4.
static void fill(test::MadeUpStudy& study) {
  study.plan.factors = {kFold, kNegatives};
  study.plan.seeds = {1, 2};
  study.plan.report.baseline = {{kNegatives, 20}};
  int number = 0;
  for (int fold : {0, 1}) {
    for (int negatives : {20, 40}) {
      const std::size_t row = study.add_row("unset", {{kFold, fold}, {kNegatives, negatives}});
      for (int seed : {1, 2}) {
        const PlannedTrial trial = study.plan_trial(row, seed);
        const double loss = negatives == 40 ? ++number : 0;
        study.finish(trial, 70 + 10 * fold - loss, 50);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(are_repeats_of_a_row) {
  test::MadeUpStudy study;
  fill(study);
  const Plan merged = with_folds_as_repeats(study.plan);
  BOOST_TEST(merged.factors == std::vector<std::string>{kNegatives}, boost::test_tools::per_element());
  BOOST_REQUIRE(merged.rows.size() == 2u);
  BOOST_TEST(merged.rows[0].label == "negatives=20");
  BOOST_TEST(merged.rows[1].label == "negatives=40");
  const std::vector<std::int64_t> rows{0, 0, 1, 1, 0, 0, 1, 1};
  for (std::size_t i = 0; i < rows.size(); ++i) BOOST_TEST(merged.trials[i].row == rows[i]);
  BOOST_TEST(folds_text(study.plan) == "0, 1; means are over folds and seeds");
}

BOOST_AUTO_TEST_CASE(are_averaged_and_compared_fold_by_fold) {
  test::MadeUpStudy study;
  fill(study);
  const Report report = build_report(study.plan, study.store, "");
  BOOST_REQUIRE(report.tables.size() == 1u);
  const ResultTable& table = report.tables[0];
  BOOST_REQUIRE(table.rows.size() == 2u);
  BOOST_TEST(table.columns == std::vector<std::string>{kNegatives}, boost::test_tools::per_element());
  BOOST_TEST(table.rows[0].cells[0].summary->n == 4u);
  BOOST_TEST(table.rows[0].cells[0].summary->mean == 75.0);
  BOOST_TEST(table.rows[1].cells[0].summary->mean == 72.5);
  BOOST_REQUIRE(table.rows[1].cells[0].difference);
  // Worked out outside this program: variance of -1, -2, -3, -4 times 1/4 + 1/(2 - 1), 3 degrees of freedom.
  const Difference& difference = *table.rows[1].cells[0].difference;
  BOOST_TEST(difference.test.difference == -2.5);
  BOOST_TEST(difference.test.procedure == "resampled_t");
  BOOST_TEST(difference.test.p.value() == 0.18169011381620936, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(difference.test.interval.value().low == -7.093465577592697, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(report.trials[5].label == "negatives=20, fold 1");
}

BOOST_AUTO_TEST_CASE(a_plan_without_folds_stays_as_it_is) {
  test::MadeUpStudy study;
  test::fill_two_by_two(study);
  BOOST_TEST(with_folds_as_repeats(study.plan).rows.size() == study.plan.rows.size());
  BOOST_TEST(folds_text(study.plan).empty());
}

BOOST_AUTO_TEST_SUITE_END()
