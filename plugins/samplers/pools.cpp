// SPDX-License-Identifier: MIT
#include "samplers/pools.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <unordered_map>

namespace spanlab {

namespace {

// Where less than one in so many of a pool's numbers is drawn, the shuffled pool is kept as differences.
constexpr std::int64_t kFew = 8;

/// The first `count` places of a shuffled 0, 1, …, total-1: `swap(i, j)` for i < count and j ≥ i, one i after
/// the other.
std::vector<std::int64_t> shuffled_head(std::int64_t total, std::int64_t count, Generator& generator) {
  std::vector<std::int64_t> head(static_cast<std::size_t>(count));
  std::unordered_map<std::int64_t, std::int64_t> moved;  // what stands where the number itself no longer does
  const auto at = [&](std::int64_t place) {
    const auto found = moved.find(place);
    return found == moved.end() ? place : found->second;
  };
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t j =
        i + static_cast<std::int64_t>(generator.below(static_cast<std::uint64_t>(total - i)));
    head[i] = at(j);
    moved[j] = at(i);
  }
  return head;
}

}  // namespace

std::vector<Span> spans_up_to(std::int32_t max_width, std::int32_t words) {
  std::vector<Span> spans;
  for (std::int32_t width = 1; width <= std::min(max_width, words); ++width) {
    for (std::int32_t begin = 0; begin + width <= words; ++begin) spans.push_back({begin, begin + width});
  }
  return spans;
}

std::vector<std::int64_t> draw(std::int64_t total, std::int64_t count, Generator& generator) {
  std::vector<std::int64_t> numbers;
  if (count < total / kFew) {
    numbers = shuffled_head(total, count, generator);
  } else {
    numbers.resize(static_cast<std::size_t>(total));
    std::iota(numbers.begin(), numbers.end(), 0);
    if (count >= total) return numbers;
    for (std::int64_t i = 0; i < count; ++i) {
      std::swap(
          numbers[i],
          numbers[i + static_cast<std::int64_t>(generator.below(static_cast<std::uint64_t>(total - i)))]);
    }
    numbers.resize(static_cast<std::size_t>(count));
  }
  std::ranges::sort(numbers);
  return numbers;
}

std::vector<std::int64_t> draw_weighted(std::span<const double> weights, std::int64_t count,
                                        Generator& generator) {
  std::vector<std::pair<double, std::int64_t>> keys;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0) {
      keys.emplace_back(std::log(1 - generator.uniform()) / weights[i], static_cast<std::int64_t>(i));
    }
  }
  const auto taken = keys.begin() + std::min(count, std::ssize(keys));
  std::ranges::partial_sort(keys, taken, std::ranges::greater());
  std::vector<std::int64_t> numbers;
  for (auto key = keys.begin(); key != taken; ++key) numbers.push_back(key->second);
  std::ranges::sort(numbers);
  return numbers;
}

PairPool::PairPool(std::vector<std::int32_t> rows, std::span<const Pair> excluded) : rows_(std::move(rows)) {
  std::unordered_map<std::int32_t, std::vector<std::int64_t>> places;
  for (std::size_t i = 0; i < rows_.size(); ++i) places[rows_[i]].push_back(static_cast<std::int64_t>(i));
  auto exclude = [&](const std::vector<std::int64_t>& heads, const std::vector<std::int64_t>& tails) {
    for (std::int64_t i : heads) {
      for (std::int64_t j : tails) {
        if (i != j) excluded_.push_back(i * (count() - 1) + j - (j > i));
      }
    }
  };
  for (const auto& [row, own] : places) exclude(own, own);
  for (const Pair& pair : excluded) {
    const auto head = places.find(pair.head), tail = places.find(pair.tail);
    if (head != places.end() && tail != places.end()) exclude(head->second, tail->second);
  }
  std::ranges::sort(excluded_);
  const auto repeated = std::ranges::unique(excluded_);
  excluded_.erase(repeated.begin(), repeated.end());
}

std::vector<Pair> PairPool::pairs(std::span<const std::int64_t> numbers) const {
  std::vector<Pair> found;
  found.reserve(numbers.size());
  std::size_t skipped = 0;
  for (std::int64_t number : numbers) {
    while (skipped < excluded_.size() && excluded_[skipped] <= number + static_cast<std::int64_t>(skipped))
      ++skipped;
    const std::int64_t rank = number + static_cast<std::int64_t>(skipped);
    const std::int64_t i = rank / (count() - 1), j = rank % (count() - 1);
    found.push_back({rows_[i], rows_[j + (j >= i)]});
  }
  return found;
}

}  // namespace spanlab
