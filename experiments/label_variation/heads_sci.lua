-- SPDX-License-Identifier: MIT
-- Pham et al. report that a second head, of SemEval's labels, helps SciERC's head on abstracts that only
-- SciERC annotates. Refuted if two heads with soft labels do not have at least 0.5 more F1 than one head, on
-- entities or on relations, in the mean over seeds.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_heads_sci" {
  question = "Does a second head, of SemEval's labels, help SciERC's head on abstracts outside of the " ..
    "overlap?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = label_variation.model {},
  train = label_variation.train,
  ablate = {
    ["one head"] = label_variation.alone "sci",
    ["two heads, hard labels"] = label_variation.labels {},
    ["two heads, hard labels, alpha 0.5"] = label_variation.labels { alpha = 0.5 },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick, small = label_variation.small },
  report = { metrics = { "sci.entity.f1", "sci.relation.boundary.f1" } },
}
