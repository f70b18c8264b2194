// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/parts.hpp"
#include "model/prediction.hpp"
#include "model/samples.hpp"

namespace spanlab {

/// What one task decided about a batch.
struct TaskDecisions {
  TaskScores scores;  ///< of all candidates, if they went through the head at once; else empty: only
                      ///< decisions are kept
  std::vector<Decision> decisions =
      {};  ///< by sentence, row and type; `row` counts all spans, or all pairs that the sampler names
  std::vector<Pair> pairs =
      {};  ///< of a pair task, beside each decision: head and tail among the decisions of the span task
  std::vector<std::int64_t> left_out = {};  ///< [S] of a pair task: decisions beyond Task::most_relations
};

/// Runs every task on the candidates of evaluation, `most` at a time: all spans that the sampler names, then
/// all pairs of the spans that were kept. Memory does not grow with the number of pairs.
SPANLAB_API std::vector<TaskDecisions> decide(Model& model, const Batch& batch,
                                              std::int64_t most = kMostPairs);

/// Predictions of one span task with the pair tasks over it, sentence by sentence.
struct SpanTaskPredictions {
  std::size_t task = 0;  ///< index of the span task
  std::vector<Prediction> sentences;
};

/// Annotations from decisions: one entry per span task of the model.
SPANLAB_API std::vector<SpanTaskPredictions> assemble(const Model& model, const Batch& batch,
                                                      const std::vector<TaskDecisions>& tasks);

/// Units in a batch of evaluation: few enough that what lies between two products stays near its core, and
/// that the threads end together; many enough for the products.
constexpr std::int64_t kEvaluationUnits = 512;

/// Predictions for all items, in their order; batches are filled with sentences of similar length up to
/// `units` units.
SPANLAB_API std::vector<SpanTaskPredictions> predict(Model& model, std::span<const Item> items,
                                                     std::int64_t units = kEvaluationUnits);

}  // namespace spanlab
