// SPDX-License-Identifier: MIT
#include "statistics/permutation_tests.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "statistics/mid_ranks.hpp"
#include "statistics/t_tests.hpp"

namespace spanlab::host {
namespace {

constexpr std::size_t kMostSigns = 20;

SignFlip by_student(std::span<const double> differences) {
  if (auto test = paired_t(differences)) return {test->p, test->p_greater};
  const TTest certain = t_test(differences.front(), 0, 0);
  return {certain.p, certain.p_greater};
}

/// How many of the 2ⁿ patterns give each value of 2 W+. Mid-ranks are halves, so that twice a sum is whole.
std::vector<double> patterns_by_double_sum(const std::vector<double>& ranks) {
  std::vector<double> patterns{1};
  for (double rank : ranks) {
    const auto step = static_cast<std::size_t>(std::lround(2 * rank));
    std::vector<double> more(patterns.size() + step);
    for (std::size_t sum = 0; sum < patterns.size(); ++sum) {
      more[sum] += patterns[sum];
      more[sum + step] += patterns[sum];
    }
    patterns = std::move(more);
  }
  return patterns;
}

}  // namespace

SignFlip sign_flip(std::span<const double> differences) {
  const std::size_t n = differences.size();
  if (n == 0) throw std::invalid_argument("no differences to test");
  if (n > kMostSigns) return by_student(differences);
  const double observed = std::accumulate(differences.begin(), differences.end(), 0.0);
  double size = 0;
  for (double difference : differences) size += std::abs(difference);
  const double tolerance = 1e-9 * size;  // sums of the same numbers in another order count as equal
  const std::size_t patterns = std::size_t{1} << n;
  std::size_t as_far = 0, as_high = 0;
  for (std::size_t pattern = 0; pattern < patterns; ++pattern) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += (pattern >> i & 1) ? -differences[i] : differences[i];
    if (std::abs(sum) >= std::abs(observed) - tolerance) ++as_far;
    if (sum >= observed - tolerance) ++as_high;
  }
  const double all = static_cast<double>(patterns);
  return {static_cast<double>(as_far) / all, static_cast<double>(as_high) / all};
}

double sign_flip_p(std::span<const double> differences) { return sign_flip(differences).p; }

double smallest_sign_flip_p(std::size_t n) { return std::min(1.0, std::exp2(1.0 - static_cast<double>(n))); }

Wilcoxon wilcoxon_exact(std::span<const double> differences) {
  std::vector<double> sizes;
  for (double difference : differences) {
    if (difference != 0) sizes.push_back(std::abs(difference));
  }
  const std::vector<double> ranks = mid_ranks(sizes);
  Wilcoxon test{sizes.size()};
  std::size_t next = 0;
  for (double difference : differences) {
    if (difference != 0) (difference > 0 ? test.w_plus : test.w_minus) += ranks[next++];
  }
  const std::vector<double> patterns = patterns_by_double_sum(ranks);
  const auto observed = patterns.begin() + std::lround(2 * test.w_plus);
  const double all = std::exp2(static_cast<double>(test.n));
  test.p_greater = std::accumulate(observed, patterns.end(), 0.0) / all;
  const double p_less = std::accumulate(patterns.begin(), observed + 1, 0.0) / all;
  test.p = std::min(1.0, 2 * std::min(test.p_greater, p_less));
  return test;
}

}  // namespace spanlab::host
