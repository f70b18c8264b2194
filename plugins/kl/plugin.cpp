// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "kl/kernels.hpp"
#include "spanlab/error.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

Schema schema() {
  return Schema()
      .text("reading", "types",
            "types: softmax over the types, as the formula of the label-variation paper (Pham et al. 2023, "
            "arXiv 2312.15751) "
            "says; literal: what its authors' code computes, a softmax over the candidates of a sentence "
            "with one logarithm "
            "missing, for comparison (it leaves out no row)")
      .choices({"types", "literal"})
      .text("unlabelled", "counted",
            "rows without a soft label give 0: whether they count in the mean, as in the code of Pham et "
            "al., or are left out of it")
      .choices({"counted", "left_out"})
      .text(
          "hard", "none",
          "a loss against the hard labels to add to the divergence: bce for the outputs of SpERT's relations")
      .choices({"none", "bce"})
      .number("hard_weight", 1, "factor of that loss; alpha or 1-alpha of the view in Pham et al. (2023)")
      .range(0, 1e6)
      .number("weight", 1, "factor of the divergence; 0.1 beside hard labels in Pham et al. (2023)")
      .range(0, 1e6);
}

/// A divergence from soft labels, and on demand a loss against the hard ones beside it.
class Divergence : public Loss {
 public:
  Divergence(const Parameters& parameters, Expectation under)
      : under_(under),
        literal_(parameters.text("reading") == "literal"),
        counted_(parameters.text("unlabelled") == "counted"),
        hard_(parameters.text("hard") == "bce"),
        hard_weight_(parameters.number("hard_weight")),
        weight_(parameters.number("weight")) {}

  LossValues do_forward(const LossInput& input) override {
    const at::Tensor soft = soft_values(input);
    if (!hard_) return {weight_ * soft, {}, {}};
    const at::Tensor wanted = input.hard.to(input.scores.options());
    const at::Tensor terms =
        at::binary_cross_entropy_with_logits(input.scores, wanted, {}, {}, at::Reduction::None);
    const at::Tensor hard = terms.mean(1);
    return {hard_weight_ * hard + weight_ * soft, {{"hard", hard.detach()}, {"soft", soft.detach()}}, {}};
  }

  bool do_accepts(std::int64_t columns, std::int64_t types) const override { return columns == types; }

 private:
  at::Tensor soft_values(const LossInput& input) const {
    const std::vector<std::int64_t>& offsets = input.candidates.offsets;
    if (literal_) return literal_divergence(input.scores, input.targets, offsets, under_);
    if (under_ == Expectation::model) check(input.targets);
    const at::Tensor values = divergence(input.scores, input.targets, under_);
    if (counted_) return values;
    const at::Tensor labelled = (input.targets.sum(1) > 0).sum();
    return values * (static_cast<double>(values.size(0)) / labelled.clamp_min(1).to(values.scalar_type()));
  }

  static void check(const at::Tensor& targets) {
    if (((targets == 0).any(1) & (targets.sum(1) > 0)).any().item<bool>()) {
      throw Error(ErrorKind::trial, "",
                  "loss 'kl' has no value where a type of a labelled candidate has probability 0; "
                  "expected a labeler that leaves something to every type, or the loss 'inverse_kl'");
    }
  }

  Expectation under_;
  bool literal_;
  bool counted_;
  bool hard_;
  double hard_weight_;
  double weight_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("kl", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss({"kl",
                  "Kullback-Leibler divergence of the model's distribution over types from soft labels, "
                  "which must leave something to every type",
                  schema(), 1},
                 [](const Parameters& parameters, const LossSetup&) {
                   return std::make_unique<Divergence>(parameters, Expectation::model);
                 });
  registrar.loss(
      {"inverse_kl", "Kullback-Leibler divergence of soft labels from the model's distribution over types",
       schema(), 1},
      [](const Parameters& parameters, const LossSetup&) {
        return std::make_unique<Divergence>(parameters, Expectation::labels);
      });
}
