// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

/// Mean over the columns of -(t log σ(s) + (1-t) log(1-σ(s))). One column for several types asks whether there is any.
class BinaryCrossEntropy : public Loss {
 public:
  LossValues forward(const LossInput& input) override {
    const bool per_type = input.scores.size(1) == input.targets.size(1);
    const at::Tensor wanted = per_type ? input.targets : input.targets.amax(1, /*keepdim=*/true);
    return {at::binary_cross_entropy_with_logits(input.scores, wanted, {}, {}, at::Reduction::None).mean(1), {}};
  }

  bool accepts(std::int64_t columns, std::int64_t types) const override { return columns == types || columns == 1; }
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("bce", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss({"bce", "binary cross-entropy per type, mean over the types", Schema(), 1},
                 [](const Parameters&, const LossSetup&) { return std::make_unique<BinaryCrossEntropy>(); });
}
