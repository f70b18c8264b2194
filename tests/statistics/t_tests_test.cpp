// SPDX-License-Identifier: MIT
// What the fixtures of tests/parity have no case of: where a test is undefined, and folds.
#include "statistics/t_tests.hpp"

#include "statistics/folds.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

using Numbers = std::vector<double>;

}  // namespace

BOOST_AUTO_TEST_CASE(tests_without_variance_are_undefined) {
  BOOST_TEST(!paired_t(Numbers{0.1, 0.1, 0.1}).has_value());
  BOOST_TEST(!paired_t(Numbers{0.1}).has_value());
  BOOST_TEST(!welch_t(Numbers{1, 1}, Numbers{2, 2, 2}).has_value());
  BOOST_TEST(!welch_t(Numbers{1}, Numbers{2, 3}).has_value());
  BOOST_TEST(!resampled_t(Numbers{2, 2, 2}, 0.25).has_value());
  // One group that does not vary is no obstacle: the other's degrees of freedom remain.
  BOOST_TEST(welch_t(Numbers{1, 1, 1}, Numbers{2, 3}).value().degrees == 1,
             boost::test_tools::tolerance(1e-12));
  BOOST_CHECK_THROW(resampled_t(Numbers{1, 2}, 0), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(pairs_equal_on_paper_are_equal) {
  const Numbers differences = paired_differences(Numbers{80.3, 0.3, 5}, Numbers{80.2, 0.2, 5});
  BOOST_TEST(differences == (Numbers{0.1, 0.1, 0}), boost::test_tools::per_element());
  BOOST_CHECK_THROW(paired_differences(Numbers{1}, Numbers{1, 2}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(folds_are_no_repeats) {
  // scipy: mean ± t(0.975, 9) · √(1/10 + 1/4) · s, five folds twice.
  const Numbers values{.81, .79, .84, .80, .78, .83, .80, .79, .82, .805};
  const Summary summary = summarise_folds(values, 5);
  BOOST_TEST(summary.n == 10u);
  BOOST_TEST(summary.deviation.value() == 0.018863545089227853, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(summary.interval.value().low == 0.7812547247140873, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(summary.interval.value().high == 0.8317452752859129, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(!summarise_folds(Numbers{.8}, 5).interval.has_value());
  BOOST_CHECK_THROW(summarise_folds(values, 1), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(rows_with_the_same_folds) {
  const auto test = folds_t(Numbers{.01, -.02, .03, .015, .02}, 5);
  BOOST_TEST(test.value().t == 0.8703065493421591, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(test->degrees == 4);
  BOOST_TEST(test->p == 0.43324554395188586, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(!folds_t(Numbers{.01, .01}, 2).has_value());
  BOOST_CHECK_THROW(folds_t(Numbers{.01, .02}, 1), std::invalid_argument);
}

}  // namespace spanlab::test
