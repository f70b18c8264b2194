// SPDX-License-Identifier: MIT
#pragma once

#include <torch/nn/module.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "spanlab/encoder.hpp"
#include "tasks/candidates.hpp"
#include "tasks/task.hpp"

namespace spanlab::host {

struct ModelSetup;

/// Where the weights of a frozen encoder come from: whether they can be had again without the model's file.
enum class FrozenWeights { pretrained, drawn };

/// What a model consists of; each task stands after the one that gives its spans.
struct ModelContents {
  Labels labels;
  std::shared_ptr<Encoder> encoder;
  std::vector<Task> tasks;
  FrozenWeights frozen_weights = FrozenWeights::pretrained;
};

/// An encoder and its tasks. Parameters are named `encoder.…`, `<task>.tower.…`, `<task>.head.…` and
/// `<task>.loss.<output>.…`.
class SPANLAB_API Model : public torch::nn::Module {
 public:
  /// Tasks without a kind get the usual one of the name that their head gives.
  explicit Model(ModelContents contents);
  /// From a configuration, see model/setup.hpp. Throws Error(usage) with every problem of it: unknown views
  /// and tasks, losses that do not fit outputs, ….
  explicit Model(const ModelSetup& setup);

  Encoder& encoder() const { return *encoder_; }
  /// A task stands after the one that gives its spans.
  const std::vector<Task>& tasks() const { return tasks_; }
  const Labels& labels() const { return labels_; }
  const Inventory& inventory(const Task& task) const { return labels_.inventories[task.view]; }
  at::Device device() const;
  FrozenWeights frozen_weights() const { return frozen_weights_; }

  /// The sentences as the encoder reads them, in order. Throws Error(data) with the problems of all of them.
  std::vector<EncodedSentence> encode(std::span<const Sentence> sentences) const;

  /// What each task's head sees: the encoder's features, through the task's tower where it has one.
  std::vector<Features> features(const Batch& batch, Pass& pass);

 private:
  Labels labels_;
  std::shared_ptr<Encoder> encoder_;
  std::vector<Task> tasks_;
  FrozenWeights frozen_weights_;
};

}  // namespace spanlab::host
