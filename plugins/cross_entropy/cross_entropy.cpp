// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

/// -Σ q_k log p_k with p = softmax(scores). With one column more than types, column 0 is "none" and takes
/// what the types leave of 1.
class CrossEntropy : public Loss {
 public:
  LossValues do_forward(const LossInput& input) override {
    at::Tensor wanted = input.targets;
    if (input.scores.size(1) == wanted.size(1) + 1) {
      wanted = at::cat({(1 - wanted.sum(1, /*keepdim=*/true)).clamp_min(0), wanted}, 1);
    }
    return {-(wanted * at::log_softmax(input.scores, 1)).sum(1), {}};
  }

  bool do_accepts(std::int64_t columns, std::int64_t types) const override {
    return columns == types + 1 || columns == types;
  }
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("cross_entropy", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss({"cross_entropy", "softmax cross-entropy against hard or soft targets", Schema(), 1},
                 [](const Parameters&, const LossSetup&) { return std::make_unique<CrossEntropy>(); });
}
