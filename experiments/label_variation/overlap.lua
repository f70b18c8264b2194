-- SPDX-License-Identifier: MIT
-- 55 of the 100 abstracts in SciERC's test set are annotated by SemEval as well: both heads, and the union of
-- what they find, are held against the gold of each view over these alone. Refuted if two heads with soft
-- labels have less F1 of the union than of the better one of the two heads alone. Where a head is alone, the
-- other one is silent and has a score of 0.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_overlap" {
  question = "Do two heads find what either annotation has, where both are there?",
  data = lab.data "label_variation" { train = "train", test = "test_overlap" },
  model = label_variation.model {},
  train = label_variation.train,
  ablate = {
    ["SciERC's head alone"] = label_variation.alone "sci",
    ["SemEval's head alone"] = label_variation.alone "sem",
    ["two heads, hard labels"] = label_variation.labels {},
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick, small = label_variation.small },
  report = {
    metrics = {
      "union.entity.f1", "union.relation.boundary.f1",
      "sci.relation.boundary.f1", "sem.entity.f1", "sem.relation.boundary.f1",
    },
  },
}
