// SPDX-License-Identifier: MIT
// Comparisons over seeds and documents in closed form against shared/fixtures/statistics/documents, and
// power.
#include "parity/comparisons.hpp"
#include "statistics/permutation_tests.hpp"
#include "statistics/power.hpp"
#include "statistics/two_way.hpp"

namespace spanlab::test {
namespace {

using nlohmann::json;

void check_two_way(Comparison& comparison, const std::string& name, const TwoWayTest& got,
                   const SystemPair& pair) {
  if (pair.expected.value(name, json()).is_null()) return;
  const json& expected = pair.expected.at(name);
  t_test(comparison, name, got, expected, pair.place);
  if (expected.contains("variance"))
    closed(comparison, name + ": variance", got.variance, expected.at("variance"), pair.place);
}

void check_parts(Comparison& comparison, const TwoWayTest& sum, const std::optional<TwoWayTest>& paired,
                 const SystemPair& pair) {
  const json& expected = pair.expected.at("variance_parts");
  std::vector<std::pair<std::string, double>> parts{{"seed_a", sum.parts.seed_a},
                                                    {"seed_b", sum.parts.seed_b},
                                                    {"documents", sum.parts.documents},
                                                    {"interaction", sum.parts.interaction}};
  if (paired) {
    parts.emplace_back("seed_paired", paired->parts.seed_paired);
    parts.emplace_back("interaction_paired", paired->parts.interaction);
  }
  for (const auto& [name, value] : parts) {
    if (expected.contains(name)) closed(comparison, "part " + name, value, expected.at(name), pair.place);
  }
}

void check_seeds_only(Comparison& comparison, const SystemPair& pair) {
  if (pair.expected.value("seeds_only", json()).is_null()) return;
  const json& expected = pair.expected.at("seeds_only");
  const std::vector<double> a = ratios_by_seed(pair.a, Ratio::f1), b = ratios_by_seed(pair.b, Ratio::f1);
  const std::optional<TTest> welch = welch_t(a, b);
  comparison.exact("seeds alone: Welch defined", welch.has_value() == !expected.at("welch_t_p").is_null(),
                   pair.place);
  if (welch) {
    p_value(comparison, "seeds alone: Welch's p", welch->p, expected.at("welch_t_p"), pair.place);
    closed(comparison, "seeds alone: Welch's df", welch->degrees, expected.at("welch_df"), pair.place);
  }
  if (a.size() != b.size() || !expected.contains("paired_t_p")) return;
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
  const std::optional<TTest> paired = paired_t(differences);
  comparison.exact("seeds alone: paired t defined",
                   paired.has_value() == !expected.at("paired_t_p").is_null(), pair.place);
  if (paired) p_value(comparison, "seeds alone: paired p", paired->p, expected.at("paired_t_p"), pair.place);
  if (expected.contains("sign_flip_p"))
    p_value(comparison, "seeds alone: sign flip", sign_flip_p(differences), expected.at("sign_flip_p"),
            pair.place);
}

void check_pair(Comparison& comparison, const SystemPair& pair) {
  closed(comparison, "difference", mean_difference(pair.a, pair.b, Ratio::f1), pair.expected.at("difference"),
         pair.place);
  if (pair.expected.contains("f1_a")) {
    const std::vector<double> a = ratios_by_seed(pair.a, Ratio::f1), b = ratios_by_seed(pair.b, Ratio::f1);
    for (std::size_t i = 0; i < a.size(); ++i)
      closed(comparison, "F1", a[i], pair.expected.at("f1_a").at(i), pair.place);
    for (std::size_t i = 0; i < b.size(); ++i)
      closed(comparison, "F1", b[i], pair.expected.at("f1_b").at(i), pair.place);
  }
  check_seeds_only(comparison, pair);
  if (pair.a.documents < 2) return;
  check_two_way(comparison, "documents_linearised_t", documents_linearised_t(pair.a, pair.b, Ratio::f1),
                pair);
  if (pair.a.seeds < 2 || pair.b.seeds < 2) return;
  const TwoWayTest sum = two_way_t_sum(pair.a, pair.b, Ratio::f1);
  std::optional<TwoWayTest> paired;
  if (pair.a.seeds == pair.b.seeds) paired = two_way_t_paired(pair.a, pair.b, Ratio::f1);
  check_two_way(comparison, "two_way_t_sum", sum, pair);
  check_two_way(comparison, "two_way_t", two_way_t(pair.a, pair.b, Ratio::f1), pair);
  if (paired) check_two_way(comparison, "two_way_t_paired", *paired, pair);
  if (!pair.expected.value("variance_parts", json()).is_null()) check_parts(comparison, sum, paired, pair);
}

/// `power_at_2` and the like: the power at a true difference of 2.
void check_powers(Comparison& comparison, const ExpectedError& error, const json& one,
                  const std::string& place) {
  comparison.relative("minimum detectable", detectable_difference(error),
                      number_of(one.at("minimum_detectable")), 1e-6, 1e-12, place);
  for (const auto& [name, value] : one.items()) {
    if (!name.starts_with("power_at_")) continue;
    comparison.absolute("power", power_of(std::stod(name.substr(9)), error), number_of(value), 1e-6, place);
  }
}

ExpectedError one_sd_design(const json& one) {
  const bool pairs = one.at("design") == "paired";
  return (pairs ? paired_design : independent_design)(one.at("n"), one.at("sd"));
}

ExpectedError two_way_design_of(const json& one) {
  const double deviation = one.at("sd_seed");
  return two_way_design({.seeds_a = one.value("seeds_a", one.value("seeds", std::size_t{0})),
                         .seeds_b = one.value("seeds_b", one.value("seeds", std::size_t{0})),
                         .documents = one.at("documents"),
                         .seed_deviation_a = deviation,
                         .seed_deviation_b = deviation,
                         .document_deviation = one.at("sd_document")});
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_two_way) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("two-way");
  for_each_system_pair([&](const SystemPair& pair) { check_pair(comparison, pair); });
}

BOOST_AUTO_TEST_CASE(parity_power) {
  if (fixtures_folder("statistics").empty()) return;
  Comparison comparison("power");
  for_each_statistics_case([](const json& one) { return one.contains("minimum_detectable"); },
                           [&](const json& one, const std::string& place) {
                             const bool one_sd = one.contains("design");
                             const ExpectedError error = one_sd ? one_sd_design(one) : two_way_design_of(one);
                             closed(comparison, "df", error.degrees, one.at("df"), place);
                             if (one_sd)
                               closed(comparison, "standard error", error.standard_error,
                                      one.at("standard_error"), place);
                             else
                               closed(comparison, "variance", error.standard_error * error.standard_error,
                                      one.at("variance"), place);
                             check_powers(comparison, error, one, place);
                           });
}

}  // namespace spanlab::test
