// SPDX-License-Identifier: MIT
#include "statistics/summary.hpp"

#include "statistics/multiple_comparisons.hpp"
#include "statistics/permutation_tests.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

double p_of(std::vector<double> differences) { return sign_flip_p(differences); }

}  // namespace

BOOST_AUTO_TEST_CASE(summary_of_three_seeds) {
  // For 2 degrees of freedom the quantile has a closed form: 0.95 √(2 / (1 - 0.95²)) = 4.302652729749463.
  Summary summary = summarise(std::vector<double>{83.6, 84.5, 82.6});
  BOOST_TEST(summary.n == 3u);
  BOOST_TEST(summary.mean == 83.56666666666666, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(summary.deviation.value() == 0.9504384952922197, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(summary.interval.value().low == 81.20564655781202, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(summary.interval.value().high == 85.92768677552131, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(one_value_has_no_deviation) {
  Summary summary = summarise(std::vector<double>{50.0});
  BOOST_TEST(summary.mean == 50.0);
  BOOST_TEST(!summary.deviation.has_value());
  BOOST_TEST(!summary.interval.has_value());
  BOOST_CHECK_THROW(summarise({}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(sign_flips_counted_by_enumeration) {
  BOOST_TEST(p_of({1, 2, 3, 4, 5}) == 0.0625);
  BOOST_TEST(p_of({-1, -2, -3, -4, -5}) == 0.0625);
  BOOST_TEST(p_of({1.2, 0.8, -0.3, 2.1, 0.5}) == 4.0 / 32);
  BOOST_TEST(p_of({1, 1, 1, -1, 1}) == 12.0 / 32);
  BOOST_TEST(p_of({0.1, 0.2, 0.3, -0.6}) == 1.0);  // the sum is 0 but for rounding
  BOOST_TEST(p_of({0, 0, 0}) == 1.0);
  BOOST_TEST(p_of({3.0}) == 1.0);
  BOOST_TEST(p_of(std::vector<double>(12, 0.7)) == 2.0 / 4096);
}

BOOST_AUTO_TEST_CASE(many_pairs_by_student) {
  std::vector<double> differences;
  for (int i = 0; i < 21; ++i) differences.push_back(((i * 37) % 11 - 4) / 3.0);
  BOOST_TEST(sign_flip_p(differences) == 0.22140225074676145, boost::test_tools::tolerance(1e-8));
}

BOOST_AUTO_TEST_CASE(smallest_p_of_a_design) {
  BOOST_TEST(smallest_sign_flip_p(5) == 0.0625);
  BOOST_TEST(smallest_sign_flip_p(6) == 0.03125);
  BOOST_TEST(smallest_sign_flip_p(1) == 1.0);
}

BOOST_AUTO_TEST_CASE(holm_steps_down) {
  std::vector<double> adjusted = holm(std::vector<double>{0.01, 0.04, 0.03, 0.005});
  std::vector<double> expected{0.03, 0.06, 0.06, 0.02};
  for (std::size_t i = 0; i < expected.size(); ++i)
    BOOST_TEST(adjusted[i] == expected[i], boost::test_tools::tolerance(1e-12));
  BOOST_TEST(holm(std::vector<double>{0.5, 0.9}) == (std::vector<double>{1.0, 1.0}),
             boost::test_tools::per_element());
}

}  // namespace spanlab::test
