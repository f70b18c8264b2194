// SPDX-License-Identifier: MIT
// Randomisation and bootstrap over documents, almost stochastic order and rliable's numbers against
// shared/fixtures/statistics: what rests on random numbers, within the tolerances of its README.
#include "parity/comparisons.hpp"
#include "statistics/bootstrap.hpp"
#include "statistics/effect_sizes.hpp"
#include "statistics/randomisation.hpp"
#include "statistics/stochastic_order.hpp"
#include "statistics/runs_on_tasks.hpp"

namespace spanlab::test {
namespace {

using nlohmann::json;

constexpr std::size_t kDraws = 10'000;

void check_randomisation(Comparison& comparison, const SystemPair& pair, Generator& generator) {
  const json& expected = pair.expected;
  if (!expected.value("randomisation_exact_p_two_sided", json()).is_null()) {
    const Randomisation exact = exact_randomisation_over_documents(pair.a, pair.b, Ratio::f1);
    p_value(comparison, "exact randomisation", exact.p, expected.at("randomisation_exact_p_two_sided"),
            pair.place);
    if (expected.contains("randomisation_exact_p_greater"))
      p_value(comparison, "exact randomisation, one-sided", exact.p_greater,
              expected.at("randomisation_exact_p_greater"), pair.place);
  }
  if (expected.value("randomisation_documents", json()).is_null()) return;
  const double p = expected.at("randomisation_documents").at("p_two_sided");
  const double draws = static_cast<double>(kDraws);
  comparison.absolute("randomisation",
                      randomisation_over_documents(pair.a, pair.b, Ratio::f1, kDraws, generator).p, p,
                      4 * std::sqrt(p * (1 - p) / draws) + 2 / draws, pair.place);
}

void check_sampled_limits(Comparison& comparison, const std::string& kind, const Interval& got,
                          const json& expected, const json& deviations, double times, double step,
                          const std::string& place) {
  comparison.absolute(kind, got.low, number_of(expected.at(0)), times * number_of(deviations.at(0)) + step,
                      place);
  comparison.absolute(kind, got.high, number_of(expected.at(1)), times * number_of(deviations.at(1)) + step,
                      place);
}

void check_bootstrap(Comparison& comparison, const std::string& name, Resampled resampled,
                     const SystemPair& pair, Generator& generator) {
  if (pair.expected.value(name, json()).is_null()) return;
  const json& expected = pair.expected.at(name);
  const Bootstrap got = bootstrap_over_documents(pair.a, pair.b, Ratio::f1, resampled, kDraws, generator);
  comparison.relative(name + ": deviation", got.deviation, number_of(expected.at("sd")), 0.04, 1e-12,
                      pair.place);
  check_sampled_limits(comparison, name + ": percentile limits", got.percentile, expected.at("percentile_95"),
                       expected.at("percentile_mc_sd"), 5, 0, pair.place);
  const bool defined = !expected.value("bca_95", json()).is_null();
  comparison.exact(name + ": BCa defined", got.bca.has_value() == defined, pair.place);
  if (!got.bca || !defined) return;
  comparison.absolute(name + ": z0", *got.z0, number_of(expected.at("z0")), 0.06, pair.place);
  closed(comparison, name + ": acceleration", *got.acceleration, expected.at("acceleration"), pair.place);
  check_sampled_limits(comparison, name + ": BCa limits", *got.bca, expected.at("bca_95"),
                       expected.at("bca_mc_sd"), 5, 0, pair.place);
}

void check_order(Comparison& comparison, const json& one, const std::string& place, Generator& generator) {
  const auto a = one.at("a").get<std::vector<double>>(), b = one.at("b").get<std::vector<double>>();
  const StochasticOrder order = stochastic_order(a, b);
  closed(comparison, "violation ratio", order.violation_ratio, one.at("violation_ratio"), place);
  closed(comparison, "squared Wasserstein distance", order.squared_wasserstein, one.at("squared_wasserstein"),
         place);
  closed(comparison, "violation ratio, reversed", stochastic_order(b, a).violation_ratio,
         one.at("violation_ratio_reversed"), place);
  if (!one.contains("eps_min")) return;
  const double confidence = one.at("confidence");
  comparison.absolute("eps_min", almost_stochastic_order(a, b, 1000, generator, confidence).eps_min,
                      number_of(one.at("eps_min")), 4 * number_of(one.at("eps_min_sd_1000_resamples")) + 1e-9,
                      place);
  // Where few resamples violate the order at all, the deviation itself varies much; `eps_min` is 1.645 of it.
  const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  const double scale = std::sqrt(n * m / (n + m));
  const double sigma = number_of(one.at("sigma"));
  const double spread = number_of(one.at("eps_min_sd_1000_resamples")) / 1.645 / std::sqrt(100.0);
  comparison.absolute("sigma", almost_stochastic_order(a, b, 100'000, generator, confidence).sigma, sigma,
                      0.04 * sigma + 4 * spread * scale + 1e-9, place);
}

RunsOnTasks task_scores(const json& runs) {
  RunsOnTasks scores{runs.size(), runs.at(0).size(), {}};
  for (const json& run : runs) {
    for (const json& value : run) scores.values.push_back(value);
  }
  return scores;
}

/// How far the interquartile mean moves at least where one value becomes its neighbour; 0 where all values
/// are different, as a limit then moves in small steps anyway.
double step_of_ties(const RunsOnTasks& scores) {
  std::vector<double> values = scores.values;
  std::ranges::sort(values);
  double step = 1;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const double gap = values[i] - values[i - 1];
    if (gap > 1e-9) step = std::min(step, gap);
  }
  return step / static_cast<double>(values.size() - 2 * (values.size() / 4));
}

void check_task_scores(Comparison& comparison, const json& one, const std::string& place,
                       Generator& generator) {
  const RunsOnTasks a = task_scores(one.at("a")), b = task_scores(one.at("b"));
  closed(comparison, "interquartile mean", interquartile_mean(a.values), one.at("iqm_a"), place);
  closed(comparison, "interquartile mean", interquartile_mean(b.values), one.at("iqm_b"), place);
  closed(comparison, "probability of improvement", probability_of_improvement(a, b),
         one.at("probability_of_improvement"), place);
  check_sampled_limits(comparison, "interval of the interquartile mean",
                       interquartile_mean_interval(a, 2000, generator), one.at("iqm_a_interval_95"),
                       one.at("iqm_a_interval_sd_2000_resamples"), 5, step_of_ties(a), place);
  check_sampled_limits(comparison, "interval of the probability of improvement",
                       probability_of_improvement_interval(a, b, 2000, generator),
                       one.at("probability_of_improvement_interval_95"),
                       one.at("probability_of_improvement_interval_sd_2000_resamples"), 5,
                       1 / static_cast<double>(a.runs * b.runs * a.tasks), place);
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_resampled_documents) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("documents");
  Generator generator(18);
  for_each_system_pair([&](const SystemPair& pair) {
    check_randomisation(comparison, pair, generator);
    check_bootstrap(comparison, "bootstrap_documents", Resampled::documents, pair, generator);
    check_bootstrap(comparison, "bootstrap_hierarchical", Resampled::documents_and_seeds, pair, generator);
    check_bootstrap(comparison, "bootstrap_hierarchical_paired_seeds", Resampled::documents_and_paired_seeds,
                    pair, generator);
  });
}

BOOST_AUTO_TEST_CASE(parity_almost_stochastic_order) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("almost stochastic order");
  Generator generator(19);
  for_each_statistics_case(
      [](const json& one) { return one.contains("violation_ratio"); },
      [&](const json& one, const std::string& place) { check_order(comparison, one, place, generator); });
}

BOOST_AUTO_TEST_CASE(parity_task_scores) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("rliable");
  Generator generator(20);
  for_each_statistics_case([](const json& one) { return one.contains("iqm_a"); },
                           [&](const json& one, const std::string& place) {
                             check_task_scores(comparison, one, place, generator);
                           });
}

}  // namespace spanlab::test
