// SPDX-License-Identifier: MIT
#include "data/study_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "data/noise.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

using nlohmann::json;

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

// The first sentences that a part is cut to, 0 for all.
std::int64_t limit_of(const Parameters& data, const std::string& part) {
  const std::int64_t limit = data.integer("limit"), train = part == "train" ? data.integer("train_limit") : 0;
  return limit > 0 && train > 0 ? std::min(limit, train) : std::max(limit, train);
}

}  // namespace

const Schema& data_schema() {
  static const Schema schema = [] {
    constexpr double kAny = std::numeric_limits<double>::infinity();
    Schema s;
    s.text("name", "",
           "The data set: the name of a card, see `spanlab data list`; one of your own: docs/data.md.");
    s.text("train", "train", "The splits to train on, joined by `+`: `train+dev`.");
    s.text("dev", "", "The splits scored after each epoch; empty for none.");
    s.text("test", "test", "The splits scored at the end; empty for none.");
    s.integer("fold", 0,
              "Of a data set with folds, which: split `train` is then the fold's `train3`; not set where "
              "there are none.")
        .range(0, kAny)
        .unset();
    s.integer("limit", 0, "Use only the first sentences of each union of splits; 0 for all.")
        .range(0, kAny)
        .unit("sentences");
    s.integer("train_limit", 0, "Train on the first sentences only; 0 for all. The other parts stay whole.")
        .range(0, kAny)
        .unit("sentences");
    s.text("overlap", "",
           "Whether entities that share words count in the scores; not set: what the card says.")
        .choices({"allowed", "removed"})
        .unset();
    return s;
  }();
  return schema;
}

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

std::vector<std::string> splits_of_part(const DataCard& card, const json& data, const std::string& part) {
  const json fold = data.value("fold", json());
  return splits_of(card, data.value(part, ""),
                   fold.is_null() ? std::nullopt : std::optional(fold.get<std::int64_t>()));
}

Corpus read_part(const DataCard& card, const std::filesystem::path& folder, const Parameters& data,
                 const Parameters& noise, const std::string& part) {
  const std::vector<std::string> splits =
      splits_of(card, data.text(part), data.has("fold") ? std::optional(data.integer("fold")) : std::nullopt);
  Corpus corpus = read_corpus(card, folder, splits, limit_of(data, part));
  const Noise wanted = read_noise(noise);
  if (std::ranges::find(wanted.parts, part) != wanted.parts.end()) add_noise(corpus, wanted);
  return corpus;
}

}  // namespace spanlab
