// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "components.hpp"

namespace {

// Lin et al. 2017, equation 4: FL(p) = -(1-p)^gamma log p, where p is the probability of the right class.
class Focal : public spanlab::Loss {
 public:
  explicit Focal(double gamma) : gamma_(gamma) {}

  // Column 0 of the scores is "none": a candidate whose row of targets is zero belongs there.
  bool accepts(std::int64_t columns, std::int64_t types) const override { return columns == types + 1; }

  spanlab::LossValues forward(const spanlab::LossInput& input) override {
    const at::Tensor none = 1 - input.targets.sum(1, true).clamp_max(1);
    const at::Tensor log_p = (input.scores.log_softmax(1) * at::cat({none, input.targets}, 1)).sum(1);
    const at::Tensor values = -(1 - log_p.exp()).clamp_min(0).pow(gamma_) * log_p;
    return {values, {{"cross_entropy", -log_p.detach()}}};
  }

 private:
  double gamma_;
};

}  // namespace

spanlab::Schema focal_schema() {
  return spanlab::Schema()
      .number("gamma", 2, "how much less an easy candidate counts; 0 is cross entropy (Lin et al. 2017)")
      .range(0, 10);
}

std::unique_ptr<spanlab::Loss> make_focal(const spanlab::Parameters& parameters, const spanlab::LossSetup&) {
  return std::make_unique<Focal>(parameters.number("gamma"));
}
