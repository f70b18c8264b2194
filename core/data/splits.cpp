// SPDX-License-Identifier: MIT
#include "data/splits.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/dataset.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

// What a split's name ends in.
std::string suffix(const DataCard& card, std::optional<std::int64_t> fold) {
  if (!fold) return "";
  if (card.folds == 0)
    throw Error(ErrorKind::usage, "", fmt::format("data set '{}' has no folds", card.name));
  if (*fold < card.folds) return std::to_string(*fold);
  throw Error(ErrorKind::usage, "",
              fmt::format("data set '{}' has folds 0 to {}, got {}", card.name, card.folds - 1, *fold));
}

}  // namespace

std::vector<std::string> splits_of(const DataCard& card, const std::string& expression,
                                   std::optional<std::int64_t> number) {
  const std::string fold = suffix(card, number);
  std::vector<std::string> known, splits;
  for (const auto& [name, file] : card.splits) known.push_back(name);
  std::vector<Problem> problems;
  for (const std::string& name : split_names(expression)) {
    if (card.splits.contains(name + fold))
      splits.push_back(name + fold);
    else if (card.splits.contains(name))
      splits.push_back(name);
    else if (fold.empty() && card.folds > 0 && card.splits.contains(name + "0")) {
      problems.push_back(
          {"", fmt::format(
                   "'{}' of data set '{}' comes in {} folds: say which, fold = 0 to {}, or vary data.fold",
                   name, card.name, card.folds, card.folds - 1)});
    } else {
      problems.push_back(
          {"", fmt::format("data set '{}' has no split '{}'{}\n   splits: {}, joined by '+'", card.name, name,
                           did_you_mean(name, known), fmt::join(known, ", "))});
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
  return splits;
}

}  // namespace spanlab::host
