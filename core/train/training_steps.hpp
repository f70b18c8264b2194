// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "sdk/context_state.hpp"
#include "settings/train_settings.hpp"
#include "spanlab/generator.hpp"
#include "train/schedule.hpp"
#include "train/step.hpp"
#include "train/trial_data.hpp"

namespace spanlab::host {

/// The steps of a training, one after another. What is random in a step depends on the generator and the
/// step's number alone, so that an interrupted training goes on as if nothing had been.
class TrainingSteps {
 public:
  /// `root` is the trial's generator. All but it must outlive the steps. Throws Error(usage) if there are not
  /// enough sentences for one step.
  TrainingSteps(Model& model, Optimizer& optimizer, const Split& training, const TrainSettings& settings,
                const Generator& root, TrialContext& context);

  std::int64_t per_epoch() const { return per_epoch_; }
  std::int64_t total() const { return schedule_.steps; }

  /// Where a training stands before step `number`.
  Progress progress(std::int64_t number) const;

  /// Trains on the sentences of step `number`, from 0. Throws Error(trial) naming the step if a loss or the
  /// norm of the gradients is no finite number.
  StepLosses take(std::int64_t number);

 private:
  void shuffle(std::int64_t epoch);
  std::span<const std::size_t> sentences_of(std::int64_t number);
  StepLosses gradients(std::int64_t number, const Batch& batch, std::span<const std::size_t> chosen);

  Model& model_;
  Optimizer& optimizer_;
  const Split& training_;
  const TrainSettings& settings_;
  Generator root_;
  TrialContext& context_;
  std::int64_t per_epoch_;
  WarmupDecay schedule_;
  std::int64_t shuffled_epoch_ = -1;
  std::vector<std::size_t> order_;  // of the sentences in that epoch
};

}  // namespace spanlab::host
