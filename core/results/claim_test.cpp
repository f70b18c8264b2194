// SPDX-License-Identifier: MIT
#include "results/claim_test.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "statistics/bootstrap.hpp"
#include "statistics/folds.hpp"
#include "statistics/power.hpp"
#include "statistics/randomisation.hpp"
#include "statistics/two_way.hpp"

namespace spanlab::host {
namespace {

constexpr std::size_t kDraws = 10'000;
constexpr std::uint64_t kDrawSeed = 1;  // what is said of stored results is the same each time
constexpr double kPoints = 100;         // ratios are fractions, scores percentages

ClaimTest told(const TTest& test, double unit, const char* procedure) {
  ClaimTest claim{.procedure = procedure, .difference = unit * test.difference, .p = test.p};
  claim.interval = Interval{unit * test.interval.low, unit * test.interval.high};
  // Where nothing varies, no smaller difference would be found.
  if (test.standard_error > 0) claim.detectable = unit * detectable_difference(test);
  return claim;
}

ClaimTest untested(double difference, std::string reason) {
  return {.reason = std::move(reason), .difference = difference};
}

/// Randomisation tests, the bootstrap gives the interval: both with the seeds as they are.
ClaimTest test_texts_alone(const SystemCounts& a, const SystemCounts& b, Ratio ratio) {
  Generator generator(kDrawSeed);
  const Randomisation test = randomisation_over_documents(a, b, ratio, kDraws, generator);
  const Bootstrap resampled = bootstrap_over_documents(a, b, ratio, Resampled::documents, kDraws, generator);
  ClaimTest claim{
      .procedure = "document_randomisation",
      .difference = kPoints * test.difference,
      .interval = Interval{kPoints * resampled.percentile.low, kPoints * resampled.percentile.high},
      .p = test.p};
  const ExpectedError error{resampled.deviation, static_cast<double>(a.documents - 1)};
  if (resampled.deviation > 0) claim.detectable = kPoints * detectable_difference(error);
  return claim;
}

Ratio ratio_of(Measure measure) {
  return measure == Measure::precision ? Ratio::precision
         : measure == Measure::recall  ? Ratio::recall
                                       : Ratio::f1;
}

double mean_of(std::span<const double> values) { return values.empty() ? 0 : summarise(values).mean; }

}  // namespace

std::optional<Ratio> add_seed(const CountsByDocument& counts, std::string_view path, SystemCounts& system) {
  const std::optional<CountedScore> counted = counted_score(counts, path);
  if (!counted) return std::nullopt;
  ++system.seeds;
  system.documents = counted->documents.size();
  for (const ItemCounts& item : counted->documents)
    system.counts.push_back({item.correct, item.predicted - item.correct, item.gold - item.correct});
  return ratio_of(counted->measure);
}

ClaimTest test_over_texts(const SystemCounts& a, const SystemCounts& b, Ratio ratio, Claim claim,
                          TextUnit unit) {
  const double difference = kPoints * (mean_of(ratios_by_seed(a, ratio)) - mean_of(ratios_by_seed(b, ratio)));
  if (claim == Claim::method && std::min(a.seeds, b.seeds) < kFewestSeeds)
    return untested(difference, "too few seeds for a claim about the method");
  if (a.documents < kFewestTexts) {
    const char* what = unit == TextUnit::document ? "document" : "sentence";
    return untested(difference, fmt::format("too few texts for a claim: {} {}{}", a.documents, what,
                                            a.documents == 1 ? "" : "s"));
  }
  return claim == Claim::models ? test_texts_alone(a, b, ratio)
                                : told(two_way_t_sum(a, b, ratio), kPoints, "two_way_t_sum");
}

ClaimTest test_over_seeds(std::span<const double> a, std::span<const double> b) {
  if (const auto test = welch_t(a, b)) return told(*test, 1, "welch_t");
  const bool few = std::min(a.size(), b.size()) < 2;
  return untested(mean_of(a) - mean_of(b),
                  few ? "too few seeds for a claim about the method" : "no seed differs from another");
}

ClaimTest test_over_folds(std::span<const double> a, std::span<const double> b, std::size_t folds) {
  const std::vector<double> differences = paired_differences(a, b);
  if (const auto test = folds_t(differences, folds)) return told(*test, 1, "resampled_t");
  return untested(mean_of(differences), differences.size() < 2 ? "fewer than two folds that both have"
                                                               : "the rows differ alike in every fold");
}

}  // namespace spanlab::host
