// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "spanlab/loss.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab {

/// Whether a component has had its parameters from its first trials on, or got them after those
/// (Schema::later).
enum class Since { first, later };

/// What the overlap with gold makes of a loss that identifies spans: each negative's value is scaled,
/// as in SpERT.MT (Xue & Lu, 2023, arXiv 2309.09713; docs/papers.md, SpERT.MT).
class SPANLAB_API OverlapWeight {
 public:
  /// Adds `iou_factor` (0: nothing is scaled), `iou_form` and `iou_unit`.
  static Schema& declare(Schema& schema, Since since);

  /// Throws Error(usage) if something is to be scaled and the task is not one of spans.
  OverlapWeight(const Parameters& parameters, HeadKind kind);

  /// `loss`, one value per candidate, times the weights: 1 for positives. What it was before is its part
  /// `unscaled`, unless it has one.
  LossValues scaled(LossValues loss, const LossInput& input) const;

 private:
  at::Tensor weights(const LossInput& input) const;  // [N] of the scores' type

  double factor_;
  std::string form_;
  SpanUnit unit_;
};

}  // namespace spanlab
