// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/results.hpp"
#include "results/claim_test.hpp"
#include "statistics/summary.hpp"
#include "store/report_request.hpp"

namespace spanlab::host {

/// What an interval says of a claim that two rows differ: beyond chance; by no more than the study's margin;
/// or neither.
enum class Outcome { supported, refuted, undecided };
std::string_view to_text(Outcome outcome);

/// `4.2`, `−0.3`, and a range of them: `−0.3 to 4.2`.
std::string short_points(double points);
std::string points_range(const Interval& interval);

/// A row against the row that it is compared with, on one score; numbers in points.
struct Difference {
  Claim claim = Claim::method;
  ClaimTest test;
  std::size_t seeds = 0;
  std::size_t other_seeds = 0;
  /// Whether values are of folds, not of seeds alone.
  bool folds = false;
  /// That both were scored on; 0 where the claim does not count them.
  std::size_t texts = 0;
  TextUnit unit = TextUnit::sentence;
  /// p by Holm's correction in the family that the study asks for.
  std::optional<double> adjusted_p;
  /// The row's seeds minus the other row's mean; of folds, minus the same fold of the other row.
  std::vector<SeedValue> seed_differences;
  std::vector<std::pair<Effect, double>> effects;
  Outcome outcome = Outcome::undecided;
  /// In words: `higher (3.1 to 5.0)`.
  std::string verdict;
};

/// Compares one score of two rows by what the request claims. `folds` is how many the data are cut into, 0
/// where they are not.
Difference compare(const std::vector<SeedValue>& values, const std::vector<SeedValue>& others,
                   const std::string& metric, const ReportRequest& request, std::size_t folds);

/// Adjusts the p of comparisons that are one family, `adjusted_p`; without correction for Family::none.
void adjust(const std::vector<Difference*>& family, Family kind);

/// Whether p alone is at most 0.05, and not after the correction.
bool lost_to_correction(const Difference& difference);

/// Draws outcome and verdict from interval and adjusted p.
void judge(Difference& difference, const std::optional<double>& margin);

}  // namespace spanlab::host
