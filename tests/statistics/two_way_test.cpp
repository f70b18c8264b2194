// SPDX-License-Identifier: MIT
// Expected numbers are computed with numpy and scipy 1.17 from the formulas in two_way.hpp.
#include "statistics/two_way.hpp"

#include <cmath>

#include "statistics/power.hpp"
#include "statistics/systems.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

void check(const TwoWayTest& got, double difference, double variance, double degrees, double p,
           Interval interval) {
  const auto close = boost::test_tools::tolerance(1e-9);
  BOOST_TEST(got.difference == difference, close);
  BOOST_TEST(got.variance == variance, close);
  BOOST_TEST(got.degrees == degrees, close);
  BOOST_TEST(got.p == p, close);
  BOOST_TEST(got.interval.low == interval.low, close);
  BOOST_TEST(got.interval.high == interval.high, close);
}

}  // namespace

BOOST_AUTO_TEST_CASE(systems_with_different_numbers_of_seeds) {
  check(two_way_t_sum(three_seeds(), two_seeds(), Ratio::f1), 0.01974630307963643, 0.024218694002897345,
        1.9180342616327737, 0.9110744780117755, {-0.6780305322418659, 0.7175231384011388});
  check(two_way_t(three_seeds(), two_seeds(), Ratio::f1), 0.01974630307963643, 0.020912873174660177,
        1.4714328507227683, 0.9076871355488907, {-0.8743965751262407, 0.9138891812855136});
}

BOOST_AUTO_TEST_CASE(precision_and_recall_are_ratios_as_well) {
  check(two_way_t_sum(three_seeds(), two_seeds(), Ratio::precision), -0.05013736263736268,
        0.04923969400530274, 1.1487907905321018, 0.854720041344571,
        {-2.1375679993175307, 2.0372932740428054});
  check(two_way_t(three_seeds(), two_seeds(), Ratio::precision), -0.05013736263736268, 0.046527033520508805,
        1.0265963095486639, 0.8538419676619149, {-2.628653866659547, 2.528379141384822});
  check(two_way_t_sum(three_seeds(), two_seeds(), Ratio::recall), 0.07142857142857151, 0.023693831274006205,
        5.68191057667754, 0.659863170531329, {-0.31039048805748615, 0.45324763091462916});
  check(two_way_t(three_seeds(), two_seeds(), Ratio::recall), 0.07142857142857151, 0.019579515479661257,
        5.613783989630281, 0.6291622785953368, {-0.2767518477508319, 0.4196089906079749});
}

BOOST_AUTO_TEST_CASE(nothing_varies) {
  const SystemCounts high = constant(3, 4, {3, 0, 1}), low = constant(2, 4, {1, 0, 3});
  const TwoWayTest differs = two_way_t_sum(high, low, Ratio::f1);
  BOOST_TEST(differs.variance == 0);
  BOOST_TEST(differs.p == 0);
  BOOST_TEST(std::isinf(differs.degrees));
  BOOST_TEST(differs.interval.low == differs.difference);
  const TwoWayTest same = documents_linearised_t(high, high, Ratio::f1);
  BOOST_TEST(same.p == 1);
  BOOST_TEST(same.difference == 0);
  // Nothing in any document: every ratio is 0.
  BOOST_TEST(two_way_t(constant(2, 3, {}), constant(2, 3, {}), Ratio::precision).p == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compared) {
  const SystemCounts one_seed = constant(1, 5, {1, 0, 0});
  BOOST_CHECK_THROW(two_way_t_sum(three_seeds(), one_seed, Ratio::f1), std::invalid_argument);
  BOOST_CHECK_THROW(two_way_t(one_seed, three_seeds(), Ratio::f1), std::invalid_argument);
  BOOST_CHECK_THROW(two_way_t_paired(three_seeds(), two_seeds(), Ratio::f1), std::invalid_argument);
  BOOST_CHECK_NO_THROW(documents_linearised_t(three_seeds(), one_seed, Ratio::f1));
  BOOST_CHECK_THROW(two_way_t_sum(three_seeds(), constant(2, 4, {1, 0, 0}), Ratio::f1),
                    std::invalid_argument);
  BOOST_CHECK_THROW(documents_linearised_t(constant(2, 1, {1, 0, 0}), constant(2, 1, {1, 1, 0}), Ratio::f1),
                    std::invalid_argument);
  BOOST_CHECK_THROW(two_way_t_sum({2, 5, {}}, three_seeds(), Ratio::f1), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(smallest_difference_of_a_design) {
  const ExpectedError error = two_way_design({.seeds_a = 3,
                                              .seeds_b = 7,
                                              .documents = 250,
                                              .seed_deviation_a = 0.9,
                                              .seed_deviation_b = 1.4,
                                              .document_deviation = 13});
  BOOST_TEST(error.standard_error == 1.1072488428533127, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(error.degrees == 29.270108001907616, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(detectable_difference(error) == 3.2085910299494786, boost::test_tools::tolerance(1e-7));
  BOOST_TEST(power_of(2, error) == 0.41578062153072237, boost::test_tools::tolerance(1e-7));
  BOOST_TEST(power_of(-2, error) == power_of(2, error));
  BOOST_TEST(power_of(0, error) == 0.05, boost::test_tools::tolerance(1e-9));
  BOOST_CHECK_THROW(two_way_design({.seeds_a = 1, .seeds_b = 3, .documents = 9}), std::invalid_argument);
  BOOST_CHECK_THROW(detectable_difference(error, 1.0), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_test_s_own_smallest_difference) {
  const TwoWayTest test = two_way_t_sum(three_seeds(), two_seeds(), Ratio::f1);
  BOOST_TEST(power_of(detectable_difference(test), {test.standard_error, test.degrees}) == 0.8,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(detectable_difference(TTest{.difference = 1}) == 0);
  // Without an end of the degrees of freedom: z of 0.975 plus z of 0.8, but for the far tail.
  const double infinite = std::numeric_limits<double>::infinity();
  BOOST_TEST(detectable_difference(ExpectedError{1, infinite}) == 1.959963984540054 + 0.8416212335729143,
             boost::test_tools::tolerance(1e-5));
}

}  // namespace spanlab::test
