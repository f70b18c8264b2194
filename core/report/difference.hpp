// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/results.hpp"
#include "statistics/summary.hpp"
#include "store/report_request.hpp"

namespace spanlab::host {

/// What an interval says of a claim that two rows differ: beyond chance; by no more than the study's margin;
/// or neither.
enum class Outcome { supported, refuted, undecided };
std::string_view to_text(Outcome outcome);

/// With fewer seeds or texts nothing is claimed of a method (RECOMMENDATION of the calibration in
/// reports/statistics: three seeds keep their 5 %, fewer than forty texts were not studied).
inline constexpr std::size_t kFewestSeeds = 3;
inline constexpr std::size_t kFewestTexts = 40;

/// A row against the row that it is compared with, on one score; numbers in points.
struct Difference {
  Claim claim = Claim::method;
  /// What tested it: `two_way_t_sum`, `document_randomisation`, `welch_t` or `resampled_t`; empty: nothing
  /// did.
  std::string procedure;
  /// Why nothing did.
  std::string reason;
  std::size_t seeds = 0;
  std::size_t other_seeds = 0;
  std::size_t texts = 0;
  TextUnit unit = TextUnit::sentence;
  /// Of the means over seeds, row minus other.
  double mean = 0;
  /// 95 %, of this comparison alone.
  std::optional<Interval> interval;
  std::optional<double> p;
  /// By Holm's correction in the family that the study asks for.
  std::optional<double> adjusted_p;
  /// What this design finds with a power of 80 %.
  std::optional<double> detectable;
  /// The row's seeds minus the other row's mean.
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

/// Draws outcome and verdict from interval and adjusted p.
void judge(Difference& difference, const std::optional<double>& margin);

}  // namespace spanlab::host
