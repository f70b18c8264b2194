-- SPDX-License-Identifier: MIT
-- The values of high, medium and low agreement (0.9, 0.8, 0.6) are Pham et al.'s choice: do levels matter, or
-- any softening? Refuted if labels without levels (0.8 each, or smoothing) come within 0.3 boundary F1 of
-- their values. These sets have no part to choose on: all are compared on the test part, and none of them may
-- be called the best there and its score reported.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

local function agreement(high, medium, low, conflict)
  return lab.labeler "agreement" {
    high = high, medium = medium, low = low, conflict = conflict, rest = "shared",
  }
end

return lab.study "label_variation_agreement" {
  question = "Which soft labels should agreement between two views give?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = label_variation.model {},
  train = label_variation.train,
  space = label_variation.both("relation.labeler", {
    lab.labeler "agreement" {},
    agreement(0.8, 0.8, 0.8, 0.05),
    agreement(1, 0.7, 0.5, 0.41),
    agreement(0.95, 0.9, 0.8, 0.15),
    lab.labeler "smoothing" {},
    lab.labeler "hard" {},
  }),
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick },
  report = {
    baseline = { ["sci_relation.labeler"] = lab.labeler "agreement" {} },
    metrics = { "sci.relation.boundary.f1", "sem.relation.boundary.f1" },
  },
}
