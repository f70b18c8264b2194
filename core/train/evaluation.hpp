// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "data/card.hpp"
#include "model/predict.hpp"

namespace spanlab {

/// Sentences and how the model's encoder reads them; they stay where they are.
struct EvaluationSet {
  std::string split;
  std::span<const Sentence> sentences;
  std::span<const EncodedSentence> encoded;

  std::vector<Item> items() const;
};

/// Scores of predictions for a set as JSON (evaluate/metrics.hpp, and `spans` of evaluate/span_scores.hpp). A model with several span tasks has one such object under the
/// name of each.
SPANLAB_API nlohmann::json score_predictions(const Model& model, const EvaluationSet& set, const std::vector<SpanTaskPredictions>& predictions,
                                             Overlap overlap);

/// Writes `<folder>/<split>.jsonl`, one sentence a line; with several span tasks `<folder>/<split>.<task>.jsonl` for each.
SPANLAB_API void write_predictions(const Model& model, const EvaluationSet& set, const std::vector<SpanTaskPredictions>& predictions,
                                   const std::filesystem::path& folder);

}  // namespace spanlab
