// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evaluate/counts_by_document.hpp"
#include "statistics/summary.hpp"
#include "statistics/system_counts.hpp"
#include "statistics/t_tests.hpp"
#include "store/report_request.hpp"

namespace spanlab::host {

/// With fewer seeds a row, or fewer texts, nothing is claimed: the simulations that chose the test of a
/// method had three seeds and more, and nothing is known of it below about forty texts.
inline constexpr std::size_t kFewestSeeds = 3;
inline constexpr std::size_t kFewestTexts = 40;

/// Adds a trial's counts of a score path as one more seed, and gives the score's ratio; none where the score
/// is no ratio of counts: nothing is added then.
SPANLAB_API std::optional<Ratio> add_seed(const CountsByDocument& counts, std::string_view path,
                                          SystemCounts& system);

/// A difference of two rows' scores, a less b, tested for a claim; in points. Without a test there is a
/// reason.
struct ClaimTest {
  /// `two_way_t_sum`, `document_randomisation`, `welch_t` or `resampled_t`; empty: nothing was tested.
  std::string procedure;
  std::string reason;
  double difference = 0;             ///< of the means over seeds; over folds, of those that both have
  std::optional<Interval> interval;  ///< 95 %
  std::optional<double> p;
  std::optional<double> detectable;  ///< found with a power of 80 % at 5 %, by this comparison alone
};

/// The claims about a method and about trained models, from counts on the same texts.
SPANLAB_API ClaimTest test_over_texts(const SystemCounts& a, const SystemCounts& b, Ratio ratio, Claim claim,
                                      TextUnit unit);

/// The claim about a method on this test set, from each seed's score in points.
SPANLAB_API ClaimTest test_over_seeds(std::span<const double> a, std::span<const double> b);

/// Of data that are cut into folds: from the scores in points of the same folds and seeds.
SPANLAB_API ClaimTest test_over_folds(std::span<const double> a, std::span<const double> b,
                                      std::size_t folds);

}  // namespace spanlab::host
