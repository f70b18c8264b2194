// SPDX-License-Identifier: MIT
#pragma once

#include "model/model.hpp"
#include "plugin/registry.hpp"
#include "sdk/context_state.hpp"
#include "settings/configuration.hpp"
#include "tasks/kinds.hpp"

namespace spanlab::host {

/// What a model is assembled from.
struct ModelSetup {
  /// Whole and checked. Of `train` only `precision` is read, `data` not at all.
  const Configuration& configuration;
  const Registry& registry;
  Labels labels;
  PretrainedModel model;               ///< the encoder's; its folder is empty if it has none
  std::span<const Sentence> training;  ///< empty when a stored model is loaded
  std::string vocabulary;              ///< of the stored model; empty for a fresh one
  Generator& generator;                ///< for initial weights: each part draws from a split of its own
  TaskKinds kinds = {};                ///< among which a task's head finds its own
  /// What the components are told and what they say; null: nothing.
  std::shared_ptr<TrialContext> context = {};
};

/// The configuration's encoder alone, with another one inside where it reads that one's features; `labels`
/// are not read.
SPANLAB_API std::shared_ptr<Encoder> build_encoder(const ModelSetup& setup);

}  // namespace spanlab::host
