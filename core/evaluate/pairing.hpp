// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace spanlab::host {

/// What stands on one side alone: predictions that are no gold item, gold items that were not predicted.
template <typename Item>
struct Unmatched {
  std::vector<Item> correct;
  std::vector<Item> false_positives;
  std::vector<Item> false_negatives;
};

/// Splits two sorted lists without duplicates; each result is sorted too.
template <typename Item>
Unmatched<Item> unmatched(const std::vector<Item>& gold, const std::vector<Item>& predicted) {
  Unmatched<Item> split;
  for (const Item& item : predicted) {
    const bool right = std::ranges::binary_search(gold, item);
    (right ? split.correct : split.false_positives).push_back(item);
  }
  std::ranges::set_difference(gold, predicted, std::back_inserter(split.false_negatives));
  return split;
}

/// Indices of a false positive and of the false negative that it stands for.
using Pair = std::pair<std::size_t, std::size_t>;

/// Pairs items one to one. `fit(false_positive, false_negative)` is none where the two have nothing to do
/// with each other, else something that compares less the better they fit: the best fit is paired first;
/// of equal ones, that of the earlier prediction, then of the earlier gold item.
template <typename Item, typename FitOf>
std::vector<Pair> paired(const Unmatched<Item>& items, const FitOf& fit) {
  using Fit = typename decltype(fit(items.false_positives[0], items.false_negatives[0]))::value_type;
  std::vector<std::tuple<Fit, std::size_t, std::size_t>> candidates;
  for (std::size_t i = 0; i < items.false_positives.size(); ++i) {
    for (std::size_t j = 0; j < items.false_negatives.size(); ++j) {
      if (auto found = fit(items.false_positives[i], items.false_negatives[j]))
        candidates.emplace_back(*std::move(found), i, j);
    }
  }
  std::ranges::sort(candidates);
  std::vector<bool> taken_positive(items.false_positives.size());
  std::vector<bool> taken_negative(items.false_negatives.size());
  std::vector<Pair> pairs;
  for (const auto& [found, i, j] : candidates) {
    if (taken_positive[i] || taken_negative[j]) continue;
    taken_positive[i] = taken_negative[j] = true;
    pairs.emplace_back(i, j);
  }
  return pairs;
}

/// For each false positive the false negative that it is paired with, and the other way round.
struct Partners {
  std::vector<std::optional<std::size_t>> of_positive;
  std::vector<std::optional<std::size_t>> of_negative;

  template <typename Item>
  Partners(const Unmatched<Item>& items, const std::vector<Pair>& pairs)
      : of_positive(items.false_positives.size()), of_negative(items.false_negatives.size()) {
    for (const auto& [positive, negative] : pairs) {
      of_positive[positive] = negative;
      of_negative[negative] = positive;
    }
  }
};

}  // namespace spanlab::host
