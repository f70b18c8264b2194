-- SPDX-License-Identifier: MIT
-- The other direction: SciERC's labels should help SemEval's head on abstracts that only SemEval annotates,
-- the more as there are nearly twice as many. Refuted if two heads with soft labels do not have at least 0.5
-- more F1 than one head, on entities or on relations, in the mean over seeds.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_heads_sem" {
  question = "Does a second head, of SciERC's labels, help SemEval's head on abstracts outside of the " ..
    "overlap?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sem" },
  model = label_variation.model {},
  train = label_variation.train,
  ablate = {
    ["one head"] = label_variation.alone "sem",
    ["two heads, hard labels"] = label_variation.labels {},
    ["two heads, hard labels, alpha 0.5"] = label_variation.labels { alpha = 0.5 },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick, small = label_variation.small },
  report = { metrics = { "sem.entity.f1", "sem.relation.boundary.f1" } },
}
