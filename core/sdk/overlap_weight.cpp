// SPDX-License-Identifier: MIT
#include "spanlab/overlap_weight.hpp"

#include <ATen/ATen.h>

#include "spanlab/error.hpp"

namespace spanlab {

Schema& OverlapWeight::declare(Schema& schema, Since since) {
  const auto mark = [&](Schema& added) {
    if (since == Since::later) added.later();
  };
  mark(schema
           .number("iou_factor", 0,
                   "δ: how much more a negative span counts the more it overlaps a gold entity; 0 counts all "
                   "alike; for span tasks. SpERT.MT "
                   "(Xue & Lu 2023, arXiv 2309.09713) brought it in; its best value is not published, 1 is "
                   "where the recipe starts")
           .range(0, 20));
  mark(schema
           .text("iou_form", "linear",
                 "weight of a negative whose IoU with the nearest gold entity is u: linear 1+δu, power "
                 "(1+u)^δ, exponential exp(δu). The formula "
                 "of SpERT.MT is not published; linear is the plainest reading of its `scaling factor`")
           .choices({"linear", "power", "exponential"}));
  mark(schema
           .text("iou_unit", "words",
                 "what the overlap is counted in; words, because spans and widths are counted in words "
                 "elsewhere")
           .choices({"words", "pieces"}));
  return schema;
}

OverlapWeight::OverlapWeight(const Parameters& parameters, HeadKind kind)
    : factor_(parameters.number("iou_factor")),
      form_(parameters.text("iou_form")),
      unit_(parameters.text("iou_unit") == "words" ? SpanUnit::words : SpanUnit::pieces) {
  if (factor_ == 0 || kind == HeadKind::spans) return;
  throw Error(ErrorKind::usage, "iou_factor",
              "only negatives of a span task overlap gold spans; expected 0 here");
}

LossValues OverlapWeight::scaled(LossValues loss, const LossInput& input) const {
  if (factor_ == 0) return loss;
  loss.parts.emplace("unscaled", loss.values.detach());
  loss.values = loss.values * weights(input);
  return loss;
}

at::Tensor OverlapWeight::weights(const LossInput& input) const {
  const at::Tensor iou = nearest_iou(input.candidates, unit_).to(input.scores.options());
  const at::Tensor of_negatives = form_ == "linear"  ? 1 + factor_ * iou
                                  : form_ == "power" ? (1 + iou).pow(factor_)
                                                     : (factor_ * iou).exp();
  return of_negatives.masked_fill(input.hard.amax(1) > 0, 1);
}

}  // namespace spanlab
