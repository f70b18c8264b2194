// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "tasks/sample.hpp"
#include "tasks/task_pass.hpp"

namespace spanlab::host {

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

/// A task's scores of its drawn candidates over a batch, and what they should be.
struct TaskScores : Scored {
  at::Tensor targets;  ///< [N,T]
  at::Tensor hard;     ///< [N,T], see LossInput
  at::Tensor first;    ///< [N]
};

/// Scores the samples of a batch: one TaskScores per task, in the model's order.
SPANLAB_API std::vector<TaskScores> score_samples(Model& model, const Batch& batch,
                                                  std::span<const SentenceSample> samples, Pass& pass);

/// The value that is minimised, and its terms.
struct BatchLoss {
  at::Tensor total;  ///< weighted sum of the terms; undefined if no task has candidates
  /// `entity.classify`, …: reduced over the batch; absent without anything that counts.
  std::map<std::string, at::Tensor> terms;
};

SPANLAB_API BatchLoss batch_loss(const Model& model, const std::vector<TaskScores>& scores);

}  // namespace spanlab::host
