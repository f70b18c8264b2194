// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "components.hpp"

namespace {

// Leng et al. 2022, equation 8 (Poly-1): -log p + epsilon (1 - p), where p is the probability of the right
// class.
class Poly : public spanlab::Loss {
 public:
  explicit Poly(double epsilon) : epsilon_(epsilon) {}

  // Column 0 of the scores is "none": a candidate whose row of targets is zero belongs there.
  bool do_accepts(std::int64_t columns, std::int64_t types) const override { return columns == types + 1; }

  spanlab::LossValues do_forward(const spanlab::LossInput& input) override {
    const at::Tensor none = 1 - input.targets.sum(1, true).clamp_max(1);
    const at::Tensor log_p = (input.scores.log_softmax(1) * at::cat({none, input.targets}, 1)).sum(1);
    return {epsilon_ * (1 - log_p.exp()) - log_p, {{"cross_entropy", -log_p.detach()}}};
  }

 private:
  double epsilon_;
};

}  // namespace

spanlab::Schema poly_schema() {
  return spanlab::Schema()
      .number("epsilon", 1, "weight of what is missing to certainty; 0 is cross entropy (Leng et al. 2022)")
      .range(-1, 10);
}

std::unique_ptr<spanlab::Loss> make_poly(const spanlab::Parameters& parameters, const spanlab::LossSetup&) {
  return std::make_unique<Poly>(parameters.number("epsilon"));
}
