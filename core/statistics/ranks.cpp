// SPDX-License-Identifier: MIT
#include "statistics/ranks.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "statistics/mid_ranks.hpp"
#include "statistics/studentised_range.hpp"

namespace spanlab::host {
namespace {

/// Ranks of all scores, in their order; highest first.
std::vector<double> ranks_of(const DataSetScores& scores) {
  std::vector<double> ranks;
  for (std::size_t set = 0; set < scores.data_sets; ++set) {
    std::vector<double> negated;
    for (std::size_t i = 0; i < scores.systems; ++i)
      negated.push_back(-scores.values[set * scores.systems + i]);
    const std::vector<double> of_set = mid_ranks(negated);
    ranks.insert(ranks.end(), of_set.begin(), of_set.end());
  }
  return ranks;
}

/// Friedman's statistic by sums of squares: between systems over within data sets, which ties make smaller.
std::optional<RankTest> friedman(const std::vector<double>& ranks, const std::vector<double>& means,
                                 std::size_t data_sets) {
  const double k = static_cast<double>(means.size()), n = static_cast<double>(data_sets);
  const double middle = (k + 1) / 2;
  double between = 0, within = 0;
  for (double mean : means) between += n * (mean - middle) * (mean - middle);
  for (double rank : ranks) within += (rank - middle) * (rank - middle);
  if (within == 0) return {};
  const double statistic = n * (k - 1) * between / within;
  return RankTest{statistic, cdf(complement(boost::math::chi_squared(k - 1), statistic))};
}

std::optional<RankTest> iman_davenport(const std::optional<RankTest>& friedman, std::size_t systems,
                                       std::size_t data_sets) {
  if (!friedman) return {};
  const double k = static_cast<double>(systems), n = static_cast<double>(data_sets);
  const double rest = n * (k - 1) - friedman->statistic;
  if (rest <= 1e-12 * n * k) return {};
  const double statistic = (n - 1) * friedman->statistic / rest;
  const boost::math::fisher_f distribution(k - 1, (k - 1) * (n - 1));
  return RankTest{statistic, cdf(complement(distribution, statistic))};
}

Nemenyi nemenyi(const std::vector<double>& means, std::size_t data_sets, double level) {
  const std::size_t k = means.size();
  const double unit = std::sqrt(static_cast<double>(k * (k + 1)) / (6 * static_cast<double>(data_sets)));
  Nemenyi test{.q = range_critical(level, k) / std::numbers::sqrt2};
  test.critical_difference = test.q * unit;
  for (double one : means) {
    for (double other : means)
      test.p.push_back(range_upper_tail(std::abs(one - other) / unit * std::numbers::sqrt2, k));
  }
  return test;
}

std::vector<std::pair<std::size_t, std::size_t>> groups_of(std::vector<double> means, double difference) {
  std::ranges::sort(means);
  std::vector<std::pair<std::size_t, std::size_t>> groups;
  for (std::size_t first = 0; first < means.size(); ++first) {
    std::size_t last = first;
    while (last + 1 < means.size() && means[last + 1] - means[first] < difference) ++last;
    const bool inside = !groups.empty() && groups.back().second >= last;
    if (last > first && !inside) groups.emplace_back(first, last);
  }
  return groups;
}

}  // namespace

RankComparison compare_ranks(const DataSetScores& scores, double level) {
  if (scores.systems < 2 || scores.data_sets < 2)
    throw std::invalid_argument("ranks compare two systems or more on two data sets or more");
  if (scores.values.size() != scores.systems * scores.data_sets)
    throw std::invalid_argument("ranks need a score of each system on each data set");
  const std::vector<double> ranks = ranks_of(scores);
  RankComparison comparison;
  comparison.mean_ranks.resize(scores.systems);
  for (std::size_t i = 0; i < ranks.size(); ++i) comparison.mean_ranks[i % scores.systems] += ranks[i];
  for (double& mean : comparison.mean_ranks) mean /= static_cast<double>(scores.data_sets);
  comparison.friedman = friedman(ranks, comparison.mean_ranks, scores.data_sets);
  comparison.iman_davenport = iman_davenport(comparison.friedman, scores.systems, scores.data_sets);
  comparison.nemenyi = nemenyi(comparison.mean_ranks, scores.data_sets, level);
  comparison.groups = groups_of(comparison.mean_ranks, comparison.nemenyi.critical_difference);
  return comparison;
}

}  // namespace spanlab::host
