// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "spanlab/annotation.hpp"
#include "spanlab/candidates.hpp"
#include "spanlab/generator.hpp"

namespace spanlab {

/// Every span of 1 to `max_width` of `words` words, by width and then by start.
std::vector<Span> spans_up_to(std::int32_t max_width, std::int32_t words);

/// `count` of the numbers below `total` (all if there are fewer), drawn uniformly without replacement, in
/// rising order: the order of candidates has no meaning. Memory and time go with the smaller of `total` and
/// `count`.
std::vector<std::int64_t> draw(std::int64_t total, std::int64_t count, Generator& generator);

/// The same with probabilities that go with `weights`; numbers of weight 0 are never drawn (Efraimidis and
/// Spirakis 2006).
std::vector<std::int64_t> draw_weighted(std::span<const double> weights, std::int64_t count,
                                        Generator& generator);

/// All ordered pairs of different rows but some, numbered from 0 without being written down: by head, then
/// tail, as `rows` has them. A row may be repeated: its pairs then count again.
class PairPool {
 public:
  /// Pairs of `excluded` that are none of the pool change nothing.
  PairPool(std::vector<std::int32_t> rows, std::span<const Pair> excluded);

  std::int64_t size() const { return all() - static_cast<std::int64_t>(excluded_.size()); }
  /// The pairs of these numbers, which must rise.
  std::vector<Pair> pairs(std::span<const std::int64_t> numbers) const;

 private:
  std::int64_t count() const { return static_cast<std::int64_t>(rows_.size()); }
  std::int64_t all() const { return count() * (count() - 1); }

  std::vector<std::int32_t> rows_;
  std::vector<std::int64_t> excluded_;  // numbers among all pairs, rising
};

}  // namespace spanlab
