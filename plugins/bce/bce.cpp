// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "spanlab/overlap_weight.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

/// Mean over the columns of -(t log σ(s) + (1-t) log(1-σ(s))). One column for several types asks whether
/// there is any.
class BinaryCrossEntropy : public Loss {
 public:
  BinaryCrossEntropy(const Parameters& parameters, const LossSetup& setup)
      : overlap_(parameters, setup.kind) {}

  LossValues do_forward(const LossInput& input) override {
    const at::Tensor& targets = input.targets;
    const at::Tensor wanted =
        input.scores.size(1) == targets.size(1) ? targets : targets.amax(1, /*keepdim=*/true);
    return overlap_.scaled(
        {at::binary_cross_entropy_with_logits(input.scores, wanted, {}, {}, at::Reduction::None).mean(1),
         {},
         {}},
        input);
  }

  bool do_accepts(std::int64_t columns, std::int64_t types) const override {
    return columns == types || columns == 1;
  }

 private:
  OverlapWeight overlap_;
};

Schema schema() {
  Schema schema;
  return OverlapWeight::declare(schema, Since::first);
}

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("bce", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss({"bce", "binary cross-entropy per type, mean over the types", schema(), 1},
                 [](const Parameters& parameters, const LossSetup& setup) {
                   return std::make_unique<BinaryCrossEntropy>(parameters, setup);
                 });
}
