// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "train/optimizer.hpp"
#include "train/schedule.hpp"
#include "train/step.hpp"

namespace spanlab {

/// What is kept of a finished trial besides its scores and predictions.
enum class Keep { last, none };

/// The values of `train` in a configuration, see train_schema().
struct TrainSettings {
  std::int64_t epochs = 20;
  std::int64_t batch = 2;
  double rate = 5e-5;
  double warmup = 0.1;  ///< share of all steps
  Decay decay = Decay::linear;
  OptimizerSettings optimizer;
  Adversary adversary;
  Keep keep = Keep::last;
};

/// Throws Error(usage) with every problem.
TrainSettings read_train_settings(const nlohmann::json& configuration);

}  // namespace spanlab
