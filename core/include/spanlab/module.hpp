// SPDX-License-Identifier: MIT
#pragma once

#include <torch/nn/module.h>

#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

/// A module whose weights have roles. Parameters that require gradients are trained; they and all registered
/// buffers are stored with a model and when a training is interrupted.
class SPANLAB_API Module : public torch::nn::Module {
 public:
  ~Module() override;

  /// Whether this module has said so of the weight.
  bool has_no_decay(const at::Tensor& weight) const;

 protected:
  /// Says that weight decay passes over the weight: biases and the weights of norms, as a rule. It must be
  /// said of each; names decide nothing. Gives the weight back:
  /// `bias_ = no_decay(register_parameter("bias", …))`.
  at::Tensor no_decay(at::Tensor weight);

 private:
  std::vector<at::Tensor> without_decay_;
};

}  // namespace spanlab
