// SPDX-License-Identifier: MIT
// What a reader is told before the numbers.
#include "written.hpp"

namespace spanlab::test {
namespace {

/// Two rows of two seeds; `strict`: the second score of each row.
void fill_two_rows(MadeUpStudy& study, double first, double second) {
  const std::string negatives = "entity.sampler.negatives";
  study.plan.factors = {negatives};
  for (const auto& [count, strict] : {std::pair{20, first}, std::pair{60, second}}) {
    const std::size_t row = study.add_row(fmt::format("negatives = {}", count), {{negatives, count}});
    for (std::int64_t seed : {1, 2}) {
      const PlannedTrial trial = study.plan_trial(row, seed);
      study.finish(trial, 80 + count + static_cast<double>(seed), strict);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(scores_that_are_zero_everywhere_are_warned_about) {
  MadeUpStudy study;
  fill_two_rows(study, 0, 0);
  const std::string page = Written(study).text("report.html");
  BOOST_TEST(contains(page, "0 in every trial of all rows (made-up: "));
  BOOST_TEST(contains(page, "): relation.strict.f1. Such a model has found nothing right"));
}

BOOST_AUTO_TEST_CASE(rows_that_are_zero_are_named) {
  MadeUpStudy study;
  fill_two_rows(study, 50, 0);
  const std::string page = Written(study).text("report.html");
  BOOST_TEST(contains(page, "0 in every trial of negatives = 60: relation.strict.f1."));
}

BOOST_AUTO_TEST_CASE(a_score_above_zero_is_no_warning) {
  MadeUpStudy study;
  fill_two_rows(study, 50, 0.01);
  BOOST_TEST(!contains(Written(study).text("report.html"), "in every trial of"));
}

BOOST_AUTO_TEST_CASE(no_mistakes_are_no_warning) {
  MadeUpStudy study;
  study.plan.report.metrics = {"spans.false_positives.iou_50.rate"};
  const std::size_t row = study.add_row("one", {});
  study.finish(study.plan_trial(row, 1), 0, 0);
  BOOST_TEST(!contains(Written(study).text("report.html"), "in every trial of"));
}

BOOST_AUTO_TEST_CASE(of_rows_that_share_the_best_mean_none_is_bold) {
  MadeUpStudy study;
  fill_two_rows(study, 50, 50);
  const std::string page = Written(study).text("report.html");
  BOOST_TEST(contains(page, "Several rows share the best mean of relation.strict.f1: none is bold."));
  BOOST_TEST(!contains(page, " best\" title=\"95 % interval of the mean: 50.00"));
}

}  // namespace spanlab::test
