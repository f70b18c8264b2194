// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "evaluate/span_scores.hpp"
#include "parity/fixtures.hpp"

namespace spanlab::test {

namespace {

/// What the fixtures call our buckets.
constexpr const char* kRanges[]{"0", "(0,.25)", "[.25,.5)", "[.5,.75)", "[.75,1)"};

/// Sentences of a file, as span scores see them: lengths and spans, without types.
struct Spans {
  std::vector<std::int32_t> words;
  std::vector<Annotation> annotations;
};

Spans spans_in(const std::filesystem::path& file) {
  Spans spans;
  for (const nlohmann::json& item : read_json(file)) {
    spans.words.push_back(static_cast<std::int32_t>(item.value("tokens", nlohmann::json::array()).size()));
    Annotation& annotation = spans.annotations.emplace_back();
    for (const nlohmann::json& entity : item["entities"])
      annotation.entities.push_back({{entity["start"], entity["end"]}, 0});
  }
  return spans;
}

void compare(Comparison& comparison, const SpanScores& got, const nlohmann::json& expected,
             const std::string& place) {
  const auto count = [&](const char* name, std::int64_t number, const nlohmann::json& wanted) {
    comparison.exact(name, number == wanted.get<std::int64_t>(), place);
  };
  count("gold", got.gold, expected["gold"]);
  count("predicted", got.predicted, expected["predicted"]);
  count("correct", got.correct, expected["correct"]);
  const ScoreTree tree = score_tree(got);
  for (const char* name : {"precision", "recall", "f1"})
    comparison.absolute(name, *tree.find(name)->number(), expected[name], 1e-9, place);
  for (std::size_t i = 0; i < got.buckets.size(); ++i) {
    const nlohmann::json& bucket = expected["buckets"][i];
    comparison.exact("buckets", bucket["iou"] == kRanges[i], place);
    count("negatives", got.buckets[i].negatives, bucket["negatives"]);
    count("predicted negatives", got.buckets[i].predicted, bucket["predicted"]);
    count("wider predictions", got.buckets[i].wider, bucket["predicted_wider_than_limit"]);
    const std::optional<double> rate = got.buckets[i].rate();
    if (bucket["rate"].is_null())
      comparison.exact("rates without negatives", !rate, place);
    else
      comparison.absolute("rates", rate.value_or(std::nan("")), bucket["rate"], 1e-9, place);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_hard_negatives) {
  if (fixtures_folder("systems/hard_negatives").empty()) return;
  Comparison comparison("hard negatives");
  for (const std::filesystem::path& folder : cases("systems/hard_negatives")) {
    if (!std::filesystem::is_directory(folder)) continue;
    const Spans gold = spans_in(folder / "gold.json");
    const nlohmann::json all = read_json(folder / "expected.json");
    for (const auto& [name, expected] : all.items()) {
      const Spans predicted = spans_in(folder / expected.value("predictions", "pred_" + name + ".json"));
      const SpanScores got = score_spans(gold.words, gold.annotations, predicted.annotations,
                                         expected.value("limit", kWidestNegative));
      compare(comparison, got, expected, folder.filename().string() + " " + name);
    }
  }
}

// Whole data sets, which need not be at hand: `conll04_train+conll04_dev` names files of theirs.
BOOST_AUTO_TEST_CASE(parity_hard_negatives_of_data_sets) {
  const std::filesystem::path file = fixtures_folder("systems/hard_negatives/data_sets.json");
  if (file.empty() || !data_sets_at_hand()) return;
  Comparison comparison("hard negatives of data sets");
  const nlohmann::json all = read_json(file);
  for (const auto& [names, expected] : all.items()) {
    Spans gold;
    for (std::size_t begin = 0, end; begin < names.size(); begin = end + 1) {
      end = std::min(names.find('+', begin), names.size());
      const Spans part = spans_in(data_set_file(names.substr(begin, end - begin) + ".json"));
      gold.words.insert(gold.words.end(), part.words.begin(), part.words.end());
      gold.annotations.insert(gold.annotations.end(), part.annotations.begin(), part.annotations.end());
    }
    const SpanScores got =
        score_spans(gold.words, gold.annotations, std::vector<Annotation>(gold.words.size()));
    comparison.exact("sentences", gold.words.size() == expected["sentences"].get<std::size_t>(), names);
    comparison.exact("gold spans", got.gold == expected["gold_spans"].get<std::int64_t>(), names);
    for (std::size_t i = 0; i < got.buckets.size(); ++i) {
      comparison.exact("negatives", got.buckets[i].negatives == expected["negatives"][i].get<std::int64_t>(),
                       fmt::format("{} {}", names, i));
    }
  }
}

}  // namespace spanlab::test
