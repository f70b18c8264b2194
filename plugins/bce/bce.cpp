// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "spanlab/error.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

Schema schema() {
  return Schema()
      .number("iou_factor", 0,
              "δ: how much more a negative span counts the more it overlaps a gold entity; 0 counts all alike; for span tasks. The paper's "
              "best value is unknown, 1 is where its recipe starts")
      .range(0, 20)
      .text("iou_form", "linear",
            "weight of a negative whose IoU with the nearest gold entity is u: linear 1+δu, power (1+u)^δ, exponential exp(δu). The paper's "
            "formula is not known; linear is the plainest reading of `scaling factor`")
      .choices({"linear", "power", "exponential"})
      .text("iou_unit", "words", "what the overlap is counted in; words, because spans and widths are counted in words elsewhere")
      .choices({"words", "pieces"});
}

/// What the overlap with gold makes of a negative's weight.
class OverlapWeight {
 public:
  explicit OverlapWeight(const Parameters& parameters)
      : factor_(parameters.number("iou_factor")), form_(parameters.text("iou_form")),
        unit_(parameters.text("iou_unit") == "words" ? SpanUnit::words : SpanUnit::pieces) {}

  bool is_one() const { return factor_ == 0; }

  // [N] of the scores' type; positives weigh 1.
  at::Tensor weights(const LossInput& input) const {
    const at::Tensor iou = nearest_iou(input.candidates, unit_).to(input.scores.options());
    const at::Tensor of_negatives = form_ == "linear" ? 1 + factor_ * iou : form_ == "power" ? (1 + iou).pow(factor_) : (factor_ * iou).exp();
    return of_negatives.masked_fill(input.hard.amax(1) > 0, 1);
  }

 private:
  double factor_;
  std::string form_;
  SpanUnit unit_;
};

/// Mean over the columns of -(t log σ(s) + (1-t) log(1-σ(s))). One column for several types asks whether there is any.
class BinaryCrossEntropy : public Loss {
 public:
  BinaryCrossEntropy(const Parameters& parameters, const LossSetup& setup) : overlap_(parameters) {
    if (overlap_.is_one() || setup.kind == HeadKind::spans) return;
    throw Error(ErrorKind::usage, "iou_factor", "only negatives of a span task overlap gold spans; expected 0 here");
  }

  LossValues forward(const LossInput& input) override {
    const at::Tensor& targets = input.targets;
    const at::Tensor wanted = input.scores.size(1) == targets.size(1) ? targets : targets.amax(1, /*keepdim=*/true);
    const at::Tensor values = at::binary_cross_entropy_with_logits(input.scores, wanted, {}, {}, at::Reduction::None).mean(1);
    if (overlap_.is_one()) return {values, {}, {}};
    return {values * overlap_.weights(input), {{"unscaled", values.detach()}}, {}};
  }

  bool accepts(std::int64_t columns, std::int64_t types) const override { return columns == types || columns == 1; }

 private:
  OverlapWeight overlap_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("bce", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.loss({"bce", "binary cross-entropy per type, mean over the types", schema(), 1},
                 [](const Parameters& parameters, const LossSetup& setup) { return std::make_unique<BinaryCrossEntropy>(parameters, setup); });
}
