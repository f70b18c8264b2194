// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/card.hpp"
#include "evaluate/counts_by_document.hpp"
#include "evaluate/score_groups.hpp"
#include "evaluate/score_tree.hpp"
#include "model/predict.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Sentences and how the model's encoder reads them; they stay where they are.
struct SPANLAB_API EvaluationSet {
  std::string split;
  std::span<const Sentence> sentences;
  std::span<const EncodedSentence> encoded;

  std::vector<Item> items() const;
};

/// What the scores of each span task are called (evaluate/score_groups.hpp), in the order of the model's span
/// tasks.
SPANLAB_API std::vector<std::string> score_groups(const Model& model);

/// Where the predictions' correct, predicted and gold items lie, of all groups.
SPANLAB_API CountsByDocument count_documents(const Model& model, const EvaluationSet& set,
                                             const std::vector<SpanTaskPredictions>& predictions,
                                             Overlap overlap);

/// Scores of predictions for a set (evaluate/metrics.hpp, `spans` of evaluate/span_scores.hpp, and
/// `relation.left_out` where relations were predicted beyond Task::most_relations), or one such object per
/// group. Where the span tasks have different views there is the group `union` besides: what any of them
/// predicts against what any view holds.
SPANLAB_API ScoreTree score_predictions(const Model& model, const EvaluationSet& set,
                                        const std::vector<SpanTaskPredictions>& predictions, Overlap overlap);

/// Writes `<folder>/<split>.jsonl`, one sentence a line; of grouped scores `<folder>/<split>.<group>.jsonl`
/// for each group, `union` as well: there an item that several tasks predict stands once, with the highest of
/// its scores. The names are those of file_name_of.
SPANLAB_API void write_predictions(const Model& model, const EvaluationSet& set,
                                   const std::vector<SpanTaskPredictions>& predictions,
                                   const std::filesystem::path& folder);

}  // namespace spanlab::host
