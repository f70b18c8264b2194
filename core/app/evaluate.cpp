// SPDX-License-Identifier: MIT
#include "app/evaluate.hpp"

#include <algorithm>
#include <array>

#include "data/dataset.hpp"
#include "sdk/problem_list.hpp"
#include "spanlab/error.hpp"
#include "sdk/look_alike.hpp"

namespace spanlab::host::app {

namespace {

void check_given(const EvaluateOptions& options) {
  std::vector<Problem> problems;
  const auto check = [&](const char* option, const std::optional<std::string>& file) {
    if (!file) problems.push_back({option, "expected a file"});
  };
  check("--gold", options.gold);
  check("--predictions", options.predictions);
  check("--types", options.types);
  if (!problems.empty()) throw Error(ErrorKind::usage, problems);
}

// Reads both files before complaining, so that the problems of both are seen at once.
std::array<std::vector<Sentence>, 2> read_both(const Registry& components, const std::string& gold,
                                               const std::string& predictions, const Inventory& inventory) {
  std::array<std::vector<Sentence>, 2> read;
  std::vector<Problem> problems;
  ErrorKind kind = ErrorKind::data;
  for (std::size_t side = 0; side < 2; ++side) {
    try {
      read[side] = read_spert(components, side == 0 ? gold : predictions, inventory, Annotations::needed);
    } catch (const Error& error) {
      kind = error.kind();
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  if (!problems.empty()) throw Error(kind, problems);
  return read;
}

// Scores mean nothing unless both files hold the same sentences in the same order.
void check_same_sentences(const std::vector<Sentence>& gold, const std::vector<Sentence>& predicted,
                          const std::string& place) {
  if (gold.size() != predicted.size()) {
    throw Error(
        ErrorKind::data, place,
        fmt::format("expected the {} sentences of the gold file, got {}", gold.size(), predicted.size()));
  }
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    if (gold[i].words == predicted[i].words) continue;
    auto [expected, got] = std::ranges::mismatch(gold[i].words, predicted[i].words);
    auto word = [](auto at, const auto& words) {
      return at == words.end() ? std::string("no word") : "\"" + *at + "\"";
    };
    add_problem(problems, place,
                fmt::format("sentence {} is not that of the gold file: word {} is {}, expected {}{}", i,
                            expected - gold[i].words.begin(), word(got, predicted[i].words),
                            word(expected, gold[i].words),
                            look_alike(word(got, predicted[i].words), word(expected, gold[i].words))));
  }
  if (!problems.empty()) throw Error(ErrorKind::data, problems);
}

std::vector<Annotation> annotations(const std::vector<Sentence>& sentences) {
  std::vector<Annotation> result;
  for (const Sentence& sentence : sentences) result.push_back(sentence.views.at(0));
  return result;
}

std::vector<std::int32_t> lengths(const std::vector<Sentence>& sentences) {
  std::vector<std::int32_t> words;
  for (const Sentence& sentence : sentences) {
    words.push_back(static_cast<std::int32_t>(sentence.words.size()));
  }
  return words;
}

}  // namespace

Evaluation evaluate(const EvaluateOptions& options, const Places& places) {
  check_given(options);
  const Registry registry = load_what_can_be(places);
  const Inventory inventory = read_types(*options.types);
  const auto [gold, predicted] = read_both(registry, *options.gold, *options.predictions, inventory);
  check_same_sentences(gold, predicted, *options.predictions);
  const Overlap overlaps = options.no_overlapping ? Overlap::removed : Overlap::allowed;
  return {score(annotations(gold), annotations(predicted), inventory, overlaps),
          score_spans(lengths(gold), annotations(gold), annotations(predicted))};
}

}  // namespace spanlab::host::app
