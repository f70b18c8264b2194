// SPDX-License-Identifier: MIT
#include "report/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/effects.hpp"
#include "report/system_counts.hpp"
#include "statistics/bootstrap.hpp"
#include "statistics/multiple_comparisons.hpp"
#include "statistics/power.hpp"
#include "statistics/randomisation.hpp"
#include "statistics/t_tests.hpp"
#include "statistics/two_way.hpp"

namespace spanlab::host {
namespace {

constexpr double kLevel = 0.05;
constexpr std::size_t kDraws = 10'000;
constexpr std::uint64_t kDrawSeed = 1;  // a report is the same each time
constexpr double kPoints = 100;         // scores are percentages, ratios fractions

std::vector<double> numbers_of(const std::vector<SeedValue>& values) {
  std::vector<double> numbers;
  for (const SeedValue& value : values) numbers.push_back(value.value);
  return numbers;
}

double mean_of(const std::vector<SeedValue>& values) { return summarise(numbers_of(values)).mean; }

/// Where nothing varies, no smaller difference is beyond detection.
std::optional<double> detectable(const TTest& test, double unit) {
  if (test.standard_error <= 0) return std::nullopt;
  return unit * detectable_difference(test);
}

void take(const TTest& test, double unit, const char* procedure, Difference& difference) {
  difference.procedure = procedure;
  difference.p = test.p;
  difference.interval = Interval{unit * test.interval.low, unit * test.interval.high};
  difference.detectable = detectable(test, unit);
}

/// The same seed and fold on both sides: splits share training data, and seeds nothing.
std::vector<double> pair_differences(const std::vector<SeedValue>& values,
                                     const std::vector<SeedValue>& others) {
  std::vector<double> differences;
  for (const SeedValue& mine : values) {
    for (const SeedValue& theirs : others) {
      if (mine.trial->is_pair_of(*theirs.trial)) differences.push_back(mine.value - theirs.value);
    }
  }
  return differences;
}

void compare_over_folds(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                        std::size_t folds, Difference& difference) {
  const auto test = resampled_t(pair_differences(values, others), 1.0 / static_cast<double>(folds - 1));
  if (test)
    take(*test, 1, "resampled_t", difference);
  else
    difference.reason = "fewer than two folds that both have, or all alike";
}

void compare_over_seeds(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                        Difference& difference) {
  const auto test = welch_t(numbers_of(values), numbers_of(others));
  if (test)
    take(*test, 1, "welch_t", difference);
  else
    difference.reason = "too few seeds, or none that differ";
}

/// Randomisation tests, the bootstrap gives the interval: both with the seeds as they are.
void compare_over_texts_alone(const ComparedCounts& counts, Difference& difference) {
  Generator generator(kDrawSeed);
  const Randomisation test =
      randomisation_over_documents(counts.a, counts.b, counts.ratio, kDraws, generator);
  const Bootstrap resampled =
      bootstrap_over_documents(counts.a, counts.b, counts.ratio, Resampled::documents, kDraws, generator);
  difference.procedure = "document_randomisation";
  difference.p = test.p;
  difference.interval = Interval{kPoints * resampled.percentile.low, kPoints * resampled.percentile.high};
  const ExpectedError error{resampled.deviation, static_cast<double>(counts.a.documents - 1)};
  if (resampled.deviation > 0) difference.detectable = kPoints * detectable_difference(error);
}

std::string counted(std::size_t number, TextUnit unit) {
  return fmt::format("{} {}{}", number, unit == TextUnit::document ? "document" : "sentence",
                     number == 1 ? "" : "s");
}

void compare_over_texts(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                        const std::string& metric, Difference& difference) {
  if (difference.claim == Claim::method && std::min(values.size(), others.size()) < kFewestSeeds) {
    difference.reason = "too few seeds for a claim about the method";
    return;
  }
  const ComparedCounts counts = compared_counts(values, others, metric);
  difference.unit = counts.unit;
  difference.texts = counts.a.documents;
  if (!counts.reason.empty()) {
    difference.reason = counts.reason;
  } else if (counts.a.documents < kFewestTexts) {
    difference.reason = "too few texts for a claim: " + counted(counts.a.documents, counts.unit);
  } else if (difference.claim == Claim::models) {
    compare_over_texts_alone(counts, difference);
  } else {
    take(two_way_t_sum(counts.a, counts.b, counts.ratio), kPoints, "two_way_t_sum", difference);
  }
}

std::string range(double low, double high) { return fmt::format("{:.1f} to {:.1f}", low, high); }

std::string signed_range(const Interval& interval) {
  const auto one = [](double number) {
    return (number < 0 ? "−" : "") + fmt::format("{:.1f}", std::abs(number));
  };
  return one(interval.low) + " to " + one(interval.high);
}

}  // namespace

std::string_view to_text(Outcome outcome) {
  return outcome == Outcome::supported ? "supported" : outcome == Outcome::refuted ? "refuted" : "undecided";
}

Difference compare(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                   const std::string& metric, const ReportRequest& request, std::size_t folds) {
  Difference difference{.claim = request.claim, .seeds = values.size(), .other_seeds = others.size()};
  const double other_mean = mean_of(others);
  difference.mean = mean_of(values) - other_mean;
  for (const SeedValue& value : values)
    difference.seed_differences.push_back({value.trial, value.value - other_mean});
  if (folds > 1)
    compare_over_folds(values, others, folds, difference);
  else if (request.claim == Claim::test_set)
    compare_over_seeds(values, others, difference);
  else
    compare_over_texts(values, others, metric, difference);
  difference.effects = effect_sizes(numbers_of(values), numbers_of(others), request.effects);
  return difference;
}

void adjust(const std::vector<Difference*>& family, Family kind) {
  std::vector<double> p;
  for (const Difference* difference : family) {
    if (difference->p) p.push_back(*difference->p);
  }
  const std::vector<double> adjusted = kind == Family::none ? p : holm(p);
  std::size_t next = 0;
  for (Difference* difference : family) {
    if (difference->p) difference->adjusted_p = adjusted[next++];
  }
}

void judge(Difference& difference, const std::optional<double>& margin) {
  if (!difference.interval || !difference.adjusted_p) {
    difference.verdict = difference.reason;
    return;
  }
  const auto [low, high] = *difference.interval;
  const double farthest = std::max(std::abs(low), std::abs(high));
  if (*difference.adjusted_p <= kLevel) {
    difference.outcome = Outcome::supported;
    difference.verdict = difference.mean > 0 ? fmt::format("higher ({})", range(low, high))
                                             : fmt::format("lower ({})", range(-high, -low));
  } else if (margin && farthest <= *margin) {
    difference.outcome = Outcome::refuted;
    difference.verdict = fmt::format("equal within {:g} ({})", *margin, signed_range(*difference.interval));
  } else if (low > 0 || high < 0) {
    difference.verdict =
        fmt::format("undecided after Holm's correction ({})", signed_range(*difference.interval));
  } else {
    difference.verdict = fmt::format("no difference larger than {:.1f} shown", farthest);
  }
}

}  // namespace spanlab::host
