// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "tasks/decisions.hpp"
#include "tasks/forward_in_chunks.hpp"
#include "tasks/prediction.hpp"

namespace spanlab::host {

/// What each task of a model decided about a batch.
using BatchDecisions = std::vector<std::unique_ptr<TaskDecisions>>;

/// Runs every task on the candidates of evaluation, `most` at a time: all that its kind names, of tasks over
/// spans among the spans that were kept. Memory does not grow with the number of pairs.
SPANLAB_API BatchDecisions decide(Model& model, const Batch& batch, std::int64_t most = kMostCandidates);

/// Predictions of one task that gives spans with the tasks over them, sentence by sentence.
struct SpanTaskPredictions {
  std::size_t task = 0;  ///< index of the task that gives the spans
  std::vector<Prediction> sentences;
};

/// Annotations from decisions: one entry per task that gives spans.
SPANLAB_API std::vector<SpanTaskPredictions> assemble(const Model& model, const Batch& batch,
                                                      const BatchDecisions& decisions);

/// Units in a batch of evaluation: few enough that what lies between two products stays near its core, and
/// that the threads end together; many enough for the products.
constexpr std::int64_t kEvaluationUnits = 512;

/// Predictions for all items, in their order; batches are filled with sentences of similar length up to
/// `units` units.
SPANLAB_API std::vector<SpanTaskPredictions> predict(Model& model, std::span<const Item> items,
                                                     std::int64_t units = kEvaluationUnits);

}  // namespace spanlab::host
