// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "settings/binding.hpp"
#include "spanlab/precision.hpp"

namespace spanlab::host {

/// How the learning rate goes on after the warm-up.
enum class Decay { linear, none };

/// `bert_adamw`: no bias correction, 1e-6 added to √v, weights decay after the update (SpERT as published).
/// `torch_adamw`: bias correction, 1e-8, weights decay before the update (Loshchilov and Hutter, as PyTorch
/// has it).
enum class UpdateRule { bert_adamw, torch_adamw };

/// What is kept of a finished trial besides its scores and predictions.
enum class Keep { last, none };

/// The values of `train` in a configuration.
struct TrainSettings {
  std::int64_t epochs = 20;
  std::int64_t batch = 2;  ///< sentences per step
  double lr = 5e-5;        ///< the highest learning rate
  double warmup = 0.1;     ///< share of all steps
  Decay schedule = Decay::linear;
  double weight_decay = 0.01;
  double clip = 1.0;  ///< largest norm of all gradients together; 0: no limit
  UpdateRule optimizer = UpdateRule::bert_adamw;
  double adversarial_norm = 0;  ///< 0: no adversarial training
  std::int64_t adversarial_steps = 1;
  Keep keep = Keep::last;
  bool check = false;
  Precision precision = Precision::float32;

  friend bool operator==(const TrainSettings&, const TrainSettings&) = default;
};

/// The parameters `train` of a configuration, with their docs.
SPANLAB_API const Binding<TrainSettings>& train_binding();

/// `float32` or `bf16`.
SPANLAB_API const std::string& to_text(Precision precision);

}  // namespace spanlab::host
