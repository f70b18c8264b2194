// SPDX-License-Identifier: MIT
#include "tasks/strongest_pairs.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace spanlab::host {

StrongestPairs::StrongestPairs(std::int64_t sentences, std::int64_t most) : most_(most) {
  found_->left_out.assign(static_cast<std::size_t>(sentences), 0);
}

void StrongestPairs::add(const Decision& decision, const Pair& ends) {
  if (decision.sentence != sentence_) end_sentence(decision.sentence);
  found_->decisions.push_back(decision);
  found_->pairs.push_back(ends);
  // Cutting at twice the number goes over each decision about once.
  if (count() >= 2 * most_) leave_out();
}

std::unique_ptr<PairDecisions> StrongestPairs::finish() {
  end_sentence(-1);
  return std::move(found_);
}

void StrongestPairs::end_sentence(std::int64_t next) {
  if (count() > most_) leave_out();
  put_in_order();
  sentence_ = next;
  first_ = std::ssize(found_->decisions);
}

// Of the sentence's decisions, among all.
std::vector<std::int64_t> StrongestPairs::numbers() const {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count()));
  std::iota(numbers.begin(), numbers.end(), first_);
  return numbers;
}

// Of the sentence's decisions these stay, in this order.
void StrongestPairs::keep_only(std::span<const std::int64_t> numbers) {
  std::vector<Decision> decisions;
  std::vector<Pair> pairs;
  for (const std::int64_t number : numbers) {
    decisions.push_back(found_->decisions[number]);
    pairs.push_back(found_->pairs[number]);
  }
  found_->decisions.resize(static_cast<std::size_t>(first_));
  found_->pairs.resize(static_cast<std::size_t>(first_));
  found_->decisions.insert(found_->decisions.end(), decisions.begin(), decisions.end());
  found_->pairs.insert(found_->pairs.end(), pairs.begin(), pairs.end());
}

// The strongest stay; of equal ones those whose pairs come first.
void StrongestPairs::leave_out() {
  std::vector<std::int64_t> all = numbers();
  const auto strength = [&](std::int64_t number) {
    const Decision& decision = found_->decisions[number];
    return std::tuple(-decision.score, decision.row, decision.type);
  };
  std::ranges::nth_element(all, all.begin() + most_, {}, strength);
  found_->left_out[static_cast<std::size_t>(sentence_)] += std::ssize(all) - most_;
  keep_only(std::span(all).first(static_cast<std::size_t>(most_)));
}

// By pair: a chunk of pairs does not have all of a head's tails, so decisions come in another order.
void StrongestPairs::put_in_order() {
  std::vector<std::int64_t> all = numbers();
  const auto pair = [&](std::int64_t number) {
    return std::pair(found_->decisions[number].row, found_->decisions[number].type);
  };
  if (std::ranges::is_sorted(all, {}, pair)) return;
  std::ranges::sort(all, {}, pair);
  keep_only(all);
}

}  // namespace spanlab::host
