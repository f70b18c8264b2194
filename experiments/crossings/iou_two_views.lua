-- SPDX-License-Identifier: MIT
-- What overlaps an entity of one view is often the other view's entity, so scaled negatives pull a shared
-- encoder both ways, and two views should gain less from them than SciERC's alone. Refuted if, at the factor
-- that gains most entity F1 for SciERC's view alone, two views gain as much (within 0.3). These sets have no
-- part to choose on: all factors are compared on the test part, and none of them may be called the best there
-- and its score reported.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

local factors = { 0, 0.5, 1, 2, 5 }

return lab.study "crossings_iou_two_views" {
  question = "Does IoU scaling of negatives still help where two views disagree about the spans?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = spert_mt.two_views { merge_types = true },
  train = spert_mt.train,
  space = lab.product {
    lab.zip {  -- the second view with weight, or with none and no prediction
      { ["sem_entity.weight"] = { 1, 0 } },
      { ["sem_relation.weight"] = { 1, 0 } },
      { ["sem_entity.head.threshold"] = { 0.5, 1 } },
    },
    lab.zip {
      ["sci_entity.loss.identify.iou_factor"] = factors, ["sem_entity.loss.identify.iou_factor"] = factors,
    },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["sci_entity.loss.identify.iou_factor"] = 0, ["sem_entity.loss.identify.iou_factor"] = 0 },
    metrics = { "sci.entity.f1", "sci.relation.boundary.f1", "sci.spans.false_positives.iou_50.rate" },
  },
}
