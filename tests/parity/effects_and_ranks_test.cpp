// SPDX-License-Identifier: MIT
// Effect sizes, and ranks of systems over data sets, against shared/fixtures/statistics.
#include "parity/statistics_fixtures.hpp"
#include "statistics/effect_sizes.hpp"
#include "statistics/ranks.hpp"

namespace spanlab::test {
namespace {

using nlohmann::json;

void check_optional(Comparison& comparison, const std::string& kind, std::optional<double> got,
                    const json& expected, const std::string& place) {
  comparison.exact(kind + " defined", got.has_value() == !expected.is_null(), place);
  if (got && !expected.is_null()) closed(comparison, kind, *got, expected, place);
}

void check_effect_sizes(Comparison& comparison, const json& one, const std::string& place) {
  const auto a = one.at("a").get<std::vector<double>>(), b = one.at("b").get<std::vector<double>>();
  check_optional(comparison, "Cohen's d", cohens_d(a, b), one.at("cohens_d"), place);
  check_optional(comparison, "Hedges' g", hedges_g(a, b), one.at("hedges_g"), place);
  check_optional(comparison, "Hedges' g, approximate", hedges_g_approximate(a, b),
                 one.at("hedges_g_approximate"), place);
  closed(comparison, "Cliff's delta", cliffs_delta(a, b), one.at("cliffs_delta"), place);
  closed(comparison, "A12", a12(a, b), one.at("a12"), place);
}

void check_rank_test(Comparison& comparison, const std::string& kind, const std::optional<RankTest>& got,
                     const json& statistic, const json& p, const std::string& place) {
  const bool defined = !statistic.is_null() && std::isfinite(number_of(statistic));
  comparison.exact(kind + " defined", got.has_value() == defined, place);
  if (!got || !defined) return;
  closed(comparison, kind, got->statistic, statistic, place);
  p_value(comparison, kind + ": p", got->p, p, place);
}

DataSetScores data_set_scores(const json& one) {
  DataSetScores scores{one.at("systems"), one.at("data_sets"), {}};
  for (const json& of_set : one.at("scores")) {
    for (const json& score : of_set) scores.values.push_back(score);
  }
  return scores;
}

void check_ranks(Comparison& comparison, const json& one, const std::string& place) {
  const RankComparison got = compare_ranks(data_set_scores(one));
  const std::size_t systems = got.mean_ranks.size();
  check_rank_test(comparison, "Friedman", got.friedman, one.at("friedman_chi2"), one.at("friedman_p"), place);
  check_rank_test(comparison, "Iman-Davenport", got.iman_davenport, one.at("iman_davenport_f"),
                  one.at("iman_davenport_p"), place);
  comparison.relative("Nemenyi: q", got.nemenyi.q, number_of(one.at("nemenyi_q")), 1e-4, 1e-12, place);
  comparison.relative("critical difference", got.nemenyi.critical_difference,
                      number_of(one.at("critical_difference")), 1e-4, 1e-12, place);
  for (std::size_t i = 0; i < systems; ++i) {
    closed(comparison, "mean rank", got.mean_ranks[i], one.at("average_ranks").at(i), place);
    for (std::size_t j = 0; j < systems; ++j)
      comparison.absolute("Nemenyi: p", got.nemenyi.p[i * systems + j],
                          number_of(one.at("nemenyi_p").at(i).at(j)), 1e-4, place);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_effect_sizes) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("effect sizes");
  for_each_statistics_case(
      [](const json& one) { return one.contains("cohens_d"); },
      [&](const json& one, const std::string& place) { check_effect_sizes(comparison, one, place); });
}

BOOST_AUTO_TEST_CASE(parity_critical_difference) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("critical difference");
  for_each_statistics_case(
      [](const json& one) { return one.contains("nemenyi_q"); },
      [&](const json& one, const std::string& place) { check_ranks(comparison, one, place); });
}

}  // namespace spanlab::test
