// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include "spanlab/loss.hpp"

namespace broken {

using namespace spanlab;

/// Cross entropy, as it should be.
class GoodLoss : public Loss {
 public:
  explicit GoodLoss(const LossSetup&) {}

 protected:
  bool do_accepts(std::int64_t columns, std::int64_t types) const override { return columns == types + 1; }
  LossValues do_forward(const LossInput& input) override { return {values(input), {}}; }

  /// [N]
  virtual at::Tensor values(const LossInput& input) {
    return -input.scores.log_softmax(1).gather(1, (input.first + 1).unsqueeze(1)).squeeze(1);
  }
};

struct OneValue : GoodLoss {
  using GoodLoss::GoodLoss;
  at::Tensor values(const LossInput& input) override { return GoodLoss::values(input).mean(); }
};

/// The logarithm of a share that may be 0.
struct LogOfZero : GoodLoss {
  using GoodLoss::GoodLoss;
  at::Tensor values(const LossInput& input) override {
    return -input.scores.softmax(1).gather(1, (input.first + 1).unsqueeze(1)).squeeze(1).log();
  }
};

/// Gradients reach the scores, but not those of this function.
struct WrongGradient : GoodLoss {
  using GoodLoss::GoodLoss;
  at::Tensor values(const LossInput& input) override {
    const at::Tensor found = GoodLoss::values(input);
    return found * found.detach();
  }
};

/// Remembers a mean that no buffer holds.
struct HiddenMean : GoodLoss {
  using GoodLoss::GoodLoss;
  at::Tensor values(const LossInput& input) override {
    const at::Tensor found = GoodLoss::values(input);
    if (found.size(0) > 0) mean_ = 0.9 * mean_ + 0.1 * found.mean().item<double>();
    return found / mean_;
  }
  double mean_ = 1;
};

}  // namespace broken
