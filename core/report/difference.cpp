// SPDX-License-Identifier: MIT
#include "report/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/effects.hpp"
#include "report/system_counts.hpp"
#include "statistics/multiple_comparisons.hpp"

namespace spanlab::host {
namespace {

constexpr double kLevel = 0.05;

std::vector<double> numbers_of(const std::vector<SeedValue>& values) {
  std::vector<double> numbers;
  for (const SeedValue& value : values) numbers.push_back(value.value);
  return numbers;
}

/// The same seed and fold on both sides: folds share training data.
void compare_over_folds(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                        std::size_t folds, Difference& difference) {
  std::vector<double> mine, theirs;
  for (const SeedValue& one : values) {
    for (const SeedValue& other : others) {
      if (!one.trial->is_pair_of(*other.trial)) continue;
      mine.push_back(one.value);
      theirs.push_back(other.value);
      difference.seed_differences.push_back({one.trial, one.value - other.value});
    }
  }
  difference.folds = true;
  difference.test = test_over_folds(mine, theirs, folds);
}

void compare_over_texts(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                        const std::string& metric, Difference& difference) {
  const ComparedCounts counts = compared_counts(values, others, metric);
  if (!counts.reason.empty()) {
    difference.test.reason = counts.reason;
    return;
  }
  difference.unit = counts.unit;
  difference.texts = counts.a.documents;
  difference.test = test_over_texts(counts.a, counts.b, counts.ratio, difference.claim, counts.unit);
}

bool holds_zero(const Interval& interval) { return interval.low <= 0 && interval.high >= 0; }

}  // namespace

std::string short_points(double points) {
  const std::string text = fmt::format("{:.1f}", std::abs(points));
  return points < 0 && text != "0.0" ? "−" + text : text;
}

std::string points_range(const Interval& interval) {
  return short_points(interval.low) + " to " + short_points(interval.high);
}

std::string_view to_text(Outcome outcome) {
  return outcome == Outcome::supported ? "supported" : outcome == Outcome::refuted ? "refuted" : "undecided";
}

Difference compare(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                   const std::string& metric, const ReportRequest& request, std::size_t folds) {
  Difference difference{.claim = request.claim, .seeds = values.size(), .other_seeds = others.size()};
  const std::vector<double> mine = numbers_of(values), theirs = numbers_of(others);
  const double other_mean = summarise(theirs).mean;
  if (folds > 1) {
    compare_over_folds(values, others, folds, difference);
  } else {
    if (request.claim == Claim::test_set)
      difference.test = test_over_seeds(mine, theirs);
    else
      compare_over_texts(values, others, metric, difference);
    difference.test.difference = summarise(mine).mean - other_mean;
    for (const SeedValue& value : values)
      difference.seed_differences.push_back({value.trial, value.value - other_mean});
  }
  difference.effects = effect_sizes(mine, theirs, request.effects);
  return difference;
}

void adjust(const std::vector<Difference*>& family, Family kind) {
  std::vector<double> p;
  for (const Difference* difference : family) {
    if (difference->test.p) p.push_back(*difference->test.p);
  }
  const std::vector<double> adjusted = kind == Family::none ? p : holm(p);
  std::size_t next = 0;
  for (Difference* difference : family) {
    if (difference->test.p) difference->adjusted_p = adjusted[next++];
  }
}

bool lost_to_correction(const Difference& difference) {
  return difference.test.p && *difference.test.p <= kLevel && *difference.adjusted_p > kLevel;
}

void judge(Difference& difference, const std::optional<double>& margin) {
  const ClaimTest& test = difference.test;
  if (!test.interval || !difference.adjusted_p) {
    difference.verdict = test.reason;
    return;
  }
  const auto [low, high] = *test.interval;
  const double farthest = std::max(std::abs(low), std::abs(high));
  const bool varies = high > low;  // scores that are 0 for every seed and text say nothing of equality
  if (*difference.adjusted_p <= kLevel && !holds_zero(*test.interval)) {
    difference.outcome = Outcome::supported;
    difference.verdict = test.difference > 0 ? fmt::format("higher ({})", points_range({low, high}))
                                             : fmt::format("lower ({})", points_range({-high, -low}));
  } else if (margin && varies && farthest <= *margin) {
    difference.outcome = Outcome::refuted;
    difference.verdict = fmt::format("equal within {:g} ({})", *margin, points_range(*test.interval));
  } else if (lost_to_correction(difference)) {
    difference.verdict = fmt::format("undecided after Holm's correction ({})", points_range(*test.interval));
  } else if (!varies || !holds_zero(*test.interval)) {
    difference.verdict = fmt::format("undecided ({})", points_range(*test.interval));
  } else {
    difference.verdict = fmt::format("no difference larger than {:.1f} shown", farthest);
  }
}

}  // namespace spanlab::host
