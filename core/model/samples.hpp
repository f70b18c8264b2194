// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "model/model.hpp"

namespace spanlab {

/// The training candidates of one task in one sentence, and their targets.
struct TaskSample {
  SpanSample spans;  ///< of a span task; of a tagging task what pairs may build on; empty for a pair task,
                     ///< which refers to those
  PairSample pairs;  ///< of a pair task
  std::vector<float> targets;       ///< row-major, candidates × types, as the labeler has it
  std::vector<float> hard;          ///< the same from the candidates' gold items alone
  std::vector<std::int64_t> first;  ///< type of each candidate's first gold item, -1 for a negative
};

/// The samples of one sentence, as Model::tasks().
using SentenceSample = std::vector<TaskSample>;

/// Fills in the targets that the tasks' labelers give to the candidates of `sample`.
SPANLAB_API void label_samples(const Model& model, const Sentence& sentence, SentenceSample& sample);

/// Draws the candidates of every task and labels them. The result depends on the sentence and the generator's
/// seed alone.
SPANLAB_API SentenceSample draw_samples(const Model& model, const Sentence& sentence,
                                        const Generator& generator);

/// How many candidates of each type (after those of none) an epoch's sample of the task `index` has; see
/// LossSetup::counts.
std::vector<std::int64_t> count_candidates(std::span<const Task> tasks, const Labels& labels,
                                           std::size_t index, std::span<const Sentence> training,
                                           const Generator& generator);

/// A task's scores of its candidates over a batch.
struct TaskScores {
  Candidates candidates;
  Outputs outputs;     ///< empty if there are no candidates: the head has not run then
  at::Tensor targets;  ///< [N,T] in training; undefined in evaluation, as the next two
  at::Tensor hard;     ///< [N,T], see LossInput
  at::Tensor first;    ///< [N]
};

/// The outputs that `shapes` lists, of these rows alone; empty if there are none.
Outputs rows_of(const Outputs& outputs, const std::vector<OutputShape>& shapes,
                const std::vector<std::int64_t>& rows);

/// Scores the samples of a batch: one TaskScores per task, in the model's order.
SPANLAB_API std::vector<TaskScores> score_samples(Model& model, const Batch& batch,
                                                  std::span<const SentenceSample> samples, Pass& pass);

/// The value that is minimised, and its terms.
struct BatchLoss {
  at::Tensor total;  ///< weighted sum of the terms; undefined if no task has candidates
  std::map<std::string, at::Tensor>
      terms;  ///< `entity.classify`, …: reduced over the batch; absent without anything that counts
};

SPANLAB_API BatchLoss batch_loss(const Model& model, const std::vector<TaskScores>& scores);

}  // namespace spanlab
