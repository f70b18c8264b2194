// SPDX-License-Identifier: MIT
#pragma once

#include "train/optimizer.hpp"

namespace spanlab::host {

/// A parameter as the optimiser keeps it.
struct OptimizerSlot {
  std::string name;
  at::Tensor value;
  std::vector<std::int64_t> rows;  ///< empty: all
  at::Tensor rounded;              ///< bfloat16 copy that follows the value; undefined: none
  bool decays = true;
  double rate = 1;         ///< multiple of the step's rate
  std::int64_t steps = 0;  ///< steps in which it had a gradient
  double owed = 1;         ///< factor that the rows outside `rows` still have to be multiplied with
};

/// The factors of one update of one slot: p·before, then p - step·m/(√v·root + epsilon), then p - after·p.
struct UpdateFactors {
  float scale, beta1, rest1, beta2, rest2, step, root, epsilon, before, after;
};

/// What both ways of stepping share: fused over raw memory (single precision on the processor), and by tensor
/// operations anywhere.
class OptimizerState {
 public:
  OptimizerState(std::vector<NamedParameter> parameters, OptimizerSettings settings);
  virtual ~OptimizerState() = default;

  virtual at::Tensor step(double rate) = 0;
  virtual void settle() = 0;
  NamedTensors state();
  void restore(const NamedTensors& state);

  const std::vector<OptimizerSlot>& slots() const { return slots_; }

 protected:
  /// Moments of a slot, shaped as its rows.
  virtual at::Tensor first(std::size_t slot) = 0;
  virtual at::Tensor second(std::size_t slot) = 0;

  UpdateFactors factors(const OptimizerSlot& slot, double rate, double scale) const;
  double clipping_scale(double norm) const;

  std::vector<OptimizerSlot> slots_;
  OptimizerSettings settings_;
};

std::unique_ptr<OptimizerState> make_fused_state(std::vector<NamedParameter> parameters,
                                                 OptimizerSettings settings);
std::unique_ptr<OptimizerState> make_general_state(std::vector<NamedParameter> parameters,
                                                   OptimizerSettings settings);

}  // namespace spanlab::host
