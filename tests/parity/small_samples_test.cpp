// SPDX-License-Identifier: MIT
// Tests of few values against scipy, statsmodels and baycomp: shared/fixtures/statistics.
#include "parity/statistics_fixtures.hpp"
#include "statistics/multiple_comparisons.hpp"
#include "statistics/permutation_tests.hpp"

namespace spanlab::test {
namespace {

using nlohmann::json;
using Numbers = std::vector<double>;

void check_means(Comparison& comparison, const json& one, const std::string& place) {
  const Summary a = summarise(one.at("a").get<Numbers>());
  closed(comparison, "mean", a.mean, one.at("mean_a").at("mean"), place);
  closed(comparison, "deviation", a.deviation.value(), one.at("mean_a").at("sd"), place);
  limits(comparison, "interval of a mean", a.interval.value(), one.at("mean_a").at("interval_95"), place);
  limits(comparison, "90 % interval of a mean", mean_interval(one.at("a").get<Numbers>(), 0.90).value(),
         one.at("mean_a").at("interval_90"), place);
}

void check_pairs(Comparison& comparison, const json& one, const std::string& place) {
  const Numbers differences = paired_differences(one.at("a").get<Numbers>(), one.at("b").get<Numbers>());
  comparison.exact("differences", differences == one.at("differences_rounded_to_1e-9").get<Numbers>(), place);
  const Summary summary = summarise(differences);
  closed(comparison, "mean difference", summary.mean, one.at("mean_difference").at("mean"), place);
  limits(comparison, "interval of a mean difference", summary.interval.value(),
         one.at("mean_difference").at("interval_95"), place);
  t_test(comparison, "paired t", paired_t(differences), one.at("paired_t"), place);
  const Wilcoxon ranks = wilcoxon_exact(differences);
  const json& expected = one.at("wilcoxon_exact");
  comparison.exact("Wilcoxon: n", ranks.n == expected.at("n"), place);
  closed(comparison, "Wilcoxon: W+", ranks.w_plus, expected.at("w_plus"), place);
  closed(comparison, "Wilcoxon: W-", ranks.w_minus, expected.at("w_minus"), place);
  p_value(comparison, "Wilcoxon: p", ranks.p, expected.at("p_two_sided"), place);
  p_value(comparison, "Wilcoxon: one-sided p", ranks.p_greater, expected.at("p_greater"), place);
  const SignFlip signs = sign_flip(differences);
  p_value(comparison, "sign flip: p", signs.p, one.at("sign_flip").at("p_two_sided"), place);
  p_value(comparison, "sign flip: one-sided p", signs.p_greater, one.at("sign_flip").at("p_greater"), place);
}

void check_family(Comparison& comparison, const std::string& kind, const Numbers& adjusted,
                  const json& expected, const std::string& place) {
  comparison.exact(kind + ": size", adjusted.size() == expected.at("adjusted").size(), place);
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    p_value(comparison, kind, adjusted[i], expected.at("adjusted").at(i), place);
    comparison.exact(kind + ": rejected", (adjusted[i] <= 0.05) == expected.at("rejected").at(i).get<bool>(),
                     place);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_small_samples) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("small samples");
  for_each_statistics_case([](const json& one) { return one.contains("wilcoxon_exact"); },
                           [&](const json& one, const std::string& place) {
                             check_means(comparison, one, place);
                             check_pairs(comparison, one, place);
                             t_test(comparison, "Welch",
                                    welch_t(one.at("a").get<Numbers>(), one.at("c").get<Numbers>()),
                                    one.at("welch_t"), place);
                           });
}

BOOST_AUTO_TEST_CASE(parity_multiple_comparisons) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("multiple comparisons");
  for_each_statistics_case([](const json& one) { return one.contains("holm"); },
                           [&](const json& one, const std::string& place) {
                             const Numbers p = one.at("p").get<Numbers>();
                             check_family(comparison, "Bonferroni", bonferroni(p), one.at("bonferroni"),
                                          place);
                             check_family(comparison, "Holm", holm(p), one.at("holm"), place);
                             check_family(comparison, "Benjamini-Hochberg", benjamini_hochberg(p),
                                          one.at("benjamini_hochberg"), place);
                           });
}

BOOST_AUTO_TEST_CASE(parity_resampled_t) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("resampled t");
  for_each_statistics_case(
      [](const json& one) { return one.contains("test_to_train"); },
      [&](const json& one, const std::string& place) {
        Numbers differences = one.contains("differences") ? one.at("differences").get<Numbers>()
                                                          : paired_differences(one.at("a").get<Numbers>(),
                                                                               one.at("b").get<Numbers>());
        const double share = one.contains("k") ? 1 / (one.at("k").get<double>() - 1)
                                               : one.at("test").get<double>() / one.at("train").get<double>();
        closed(comparison, "test part over training part", share, one.at("test_to_train"), place);
        t_test(comparison, "Nadeau-Bengio", resampled_t(differences, share),
               one.at("t").is_null() ? json() : one, place);
        if (!one.contains("uncorrected_p")) return;
        p_value(comparison, "plain t: p", paired_t(differences).value().p, one.at("uncorrected_p"), place);
      });
}

}  // namespace spanlab::test
