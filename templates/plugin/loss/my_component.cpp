// SPDX-License-Identifier: MIT
#include "my_component.hpp"

#include <ATen/ATen.h>

#include "spanlab/plugin.hpp"

namespace {

/// -log p + epsilon (1 - p), where p is the probability that the scores give to the right class.
class MyComponent : public spanlab::Loss {
 public:
  explicit MyComponent(double epsilon) : epsilon_(epsilon) {}

 protected:
  // Column 0 of the scores is "none".
  bool do_accepts(std::int64_t columns, std::int64_t types) const override { return columns == types + 1; }

  // A candidate whose row of targets is zero belongs to "none".
  spanlab::LossValues do_forward(const spanlab::LossInput& input) override {
    const at::Tensor none = 1 - input.targets.sum(1, true).clamp_max(1);
    const at::Tensor log_p = (input.scores.log_softmax(1) * at::cat({none, input.targets}, 1)).sum(1);
    return {epsilon_ * (1 - log_p.exp()) - log_p, {{"cross_entropy", -log_p.detach()}}};
  }

 private:
  double epsilon_;
};

}  // namespace

spanlab::Schema my_component_schema() {
  return spanlab::Schema()
      .number("epsilon", 1, "weight of what is missing to certainty; 0 is cross entropy")
      .range(-1, 10);
}

std::shared_ptr<spanlab::Loss> make_my_component(const spanlab::Parameters& parameters,
                                                 const spanlab::LossSetup&) {
  return std::make_shared<MyComponent>(parameters.number("epsilon"));
}

SPANLAB_PLUGIN("my_component", "0.1", "your name") {
  registrar.loss({.id = "my_component",
                  .summary = "cross entropy and a weighted linear term",
                  .schema = my_component_schema()},
                 make_my_component);
}
