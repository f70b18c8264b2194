// SPDX-License-Identifier: MIT
// Edges of what is resampled, which the fixtures of tests/parity do not have.
#include <chrono>

#include "statistics/bootstrap.hpp"
#include "statistics/randomisation.hpp"
#include "statistics/stochastic_order.hpp"
#include "statistics/systems.hpp"
#include "statistics/runs_on_tasks.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

using Numbers = std::vector<double>;

/// Documents that differ, for as many seeds.
SystemCounts varied(std::size_t seeds, std::size_t documents, std::uint64_t seed) {
  Generator generator(seed);
  SystemCounts system{seeds, documents, {}};
  for (std::size_t i = 0; i < seeds * documents; ++i) {
    const auto draw = [&] { return static_cast<std::int64_t>(generator.below(4)); };
    system.counts.push_back({draw(), draw(), draw()});
  }
  return system;
}

}  // namespace

BOOST_AUTO_TEST_CASE(all_swaps_of_systems_with_different_numbers_of_seeds) {
  // Counted in Python over the 32 swaps, with the seeds of both repeated to six.
  const Randomisation exact = exact_randomisation_over_documents(three_seeds(), two_seeds(), Ratio::f1);
  BOOST_TEST(exact.difference == 0.01974630307963643, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(exact.p == 26.0 / 32);
  BOOST_TEST(exact.p_greater == 13.0 / 32);
  BOOST_TEST(exact.draws == 32u);
}

BOOST_AUTO_TEST_CASE(random_swaps_come_near_all_swaps) {
  const SystemCounts a = varied(3, 12, 3), b = varied(3, 12, 4);
  const double exact = exact_randomisation_over_documents(a, b, Ratio::recall).p;
  Generator generator(5);
  const Randomisation drawn = randomisation_over_documents(a, b, Ratio::recall, 20'000, generator);
  BOOST_TEST(drawn.draws == 20'000u);
  BOOST_TEST(std::abs(drawn.p - exact) < 4 * std::sqrt(exact * (1 - exact) / 20'000) + 1e-4);
  BOOST_TEST((exact > 0.02 && exact < 0.98), "an extreme p says little: " << exact);
}

BOOST_AUTO_TEST_CASE(a_system_and_itself) {
  Generator generator(1);
  const SystemCounts a = varied(3, 8, 1);
  BOOST_TEST(exact_randomisation_over_documents(a, a, Ratio::f1).p == 1);
  BOOST_TEST(randomisation_over_documents(a, a, Ratio::f1, 99, generator).p == 1);
  const Bootstrap same = bootstrap_over_documents(a, a, Ratio::f1, Resampled::documents, 200, generator);
  BOOST_TEST(same.deviation == 0);
  BOOST_TEST(same.percentile.high == 0);
  BOOST_TEST(same.z0.value() == 0);
  BOOST_TEST(!same.acceleration.has_value());
  BOOST_TEST(!same.bca.has_value());
}

BOOST_AUTO_TEST_CASE(the_same_generator_gives_the_same_interval) {
  const SystemCounts a = varied(3, 30, 1), b = varied(2, 30, 2);
  Generator one(7), other(7);
  const auto drawn = [&](Generator& generator) {
    return bootstrap_over_documents(a, b, Ratio::f1, Resampled::documents_and_seeds, 500, generator)
        .percentile;
  };
  BOOST_TEST(drawn(one).low == drawn(other).low);
  BOOST_CHECK_THROW(
      bootstrap_over_documents(a, b, Ratio::f1, Resampled::documents_and_paired_seeds, 500, one),
      std::invalid_argument);
  BOOST_CHECK_THROW(bootstrap_over_documents(a, b, Ratio::f1, Resampled::documents, 1, one),
                    std::invalid_argument);
  BOOST_CHECK_THROW(exact_randomisation_over_documents(a, b, Ratio::f1), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(ten_thousand_draws_take_less_than_a_second) {
  const SystemCounts a = varied(10, 500, 1), b = varied(10, 500, 2);
  Generator generator(1);
  const auto start = std::chrono::steady_clock::now();
  randomisation_over_documents(a, b, Ratio::f1, 10'000, generator);
  const auto between = std::chrono::steady_clock::now();
  bootstrap_over_documents(a, b, Ratio::f1, Resampled::documents_and_seeds, 10'000, generator);
  const std::chrono::duration<double> swaps = between - start,
                                      draws = std::chrono::steady_clock::now() - between;
  BOOST_TEST_MESSAGE("10,000 swaps " << swaps.count() << " s, resamples " << draws.count() << " s");
  BOOST_TEST(swaps.count() < 5);  // a machine with other work
  BOOST_TEST(draws.count() < 5);
}

BOOST_AUTO_TEST_CASE(order_of_few_scores_by_hand) {
  // Quantile functions over thirds and halves: a - b is -1, 0 | 1 (a third each but for the middle, halved).
  const StochasticOrder order = stochastic_order(Numbers{1, 2, 4}, Numbers{2, 3});
  // (0,1/3): 1-2; (1/3,1/2): 2-2; (1/2,2/3): 2-3; (2/3,1): 4-3.
  BOOST_TEST(order.squared_wasserstein == 1.0 / 3 + 1.0 / 6 + 1.0 / 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(order.violation_ratio == 0.5 / (5.0 / 6), boost::test_tools::tolerance(1e-12));
  Generator generator(1);
  BOOST_TEST(almost_stochastic_order(Numbers{2, 2}, Numbers{2, 2}, 50, generator).eps_min == 0.5);
  BOOST_CHECK_THROW(stochastic_order({}, Numbers{1}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(task_scores_that_cannot_be_compared) {
  Generator generator(1);
  const RunsOnTasks one{1, 1, {0.5}}, wide{1, 2, {0.5, 0.6}};
  BOOST_TEST(probability_of_improvement(one, one) == 0.5);
  BOOST_CHECK_THROW(probability_of_improvement(one, wide), std::invalid_argument);
  BOOST_CHECK_THROW(interquartile_mean({}), std::invalid_argument);
  BOOST_CHECK_THROW(interquartile_mean_interval(wide, 0, generator), std::invalid_argument);
  const Interval point = interquartile_mean_interval(wide, 10, generator);
  BOOST_TEST(point.low == 0.55, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(point.high == 0.55, boost::test_tools::tolerance(1e-12));
}

}  // namespace spanlab::test
