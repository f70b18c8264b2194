// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "settings/train_settings.hpp"
#include "spanlab/export.hpp"
#include "spanlab/tensors_file.hpp"

namespace spanlab::host {

struct OptimizerSettings {
  UpdateRule rule = UpdateRule::bert_adamw;
  double weight_decay = 0.01;
  double max_norm = 1.0;  ///< gradients are scaled by min(1, max_norm/(norm + 1e-6)); 0: never
  double beta1 = 0.9;
  double beta2 = 0.999;
};

/// What `train` of a configuration says of it.
SPANLAB_API OptimizerSettings optimizer_settings(const TrainSettings& train);

/// A trainable tensor and its name in the model.
struct NamedParameter {
  std::string name;
  at::Tensor value;  ///< a leaf that requires a gradient
  /// The rows that occur in the training data, for a table whose other rows never get a gradient
  /// (Encoder::sparse_tables()); empty: all rows. Moments exist for these rows alone; the others decay in
  /// closed form, see settle().
  std::vector<std::int64_t> rows;
  at::Tensor rounded;  ///< a bfloat16 copy that every step writes anew; undefined: none
  double rate = 1;     ///< learning rate as a multiple of the step's
  bool decays = true;  ///< see Module::no_decay()
};

class OptimizerState;

/// AdamW over the parameters of a model, in fused passes over memory. A parameter whose gradient is undefined
/// in a step is skipped altogether: no decay, no moments, its step count stays. Rows without gradient of a
/// table decay and go on moving. Results do not depend on the number of threads.
class SPANLAB_API Optimizer {
 public:
  Optimizer(std::vector<NamedParameter> parameters, OptimizerSettings settings);
  ~Optimizer();
  Optimizer(Optimizer&&) noexcept;

  /// Norm over all gradients, clipping, one update at learning rate `rate`, then the gradients are unset.
  /// Gives the norm before clipping, a 0-dimensional tensor on the parameters' device (reading it makes the
  /// host wait where that is no processor). On the processor a norm that is NaN or infinite leaves weights,
  /// moments and gradients as they were; elsewhere the caller must look at the losses.
  at::Tensor step(double rate);

  /// Norm of each defined gradient, by name; for logs and tests.
  std::map<std::string, double> gradient_norms() const;

  /// Applies the decay that rows outside NamedParameter::rows have been spared so far. Must be called before
  /// weights are used for anything but a training step: evaluation, storing a finished model.
  void settle();

  /// Moments, step counts and the decay still owed, for resume files; together with the parameters (stored as
  /// they are, not settled) a restored optimiser goes on bit for bit. `restore` throws Error(data) if the
  /// state is of another model.
  NamedTensors state() const;
  void restore(const NamedTensors& state);

 private:
  std::unique_ptr<OptimizerState> state_;
};

}  // namespace spanlab::host
