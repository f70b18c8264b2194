-- SPDX-License-Identifier: MIT
-- SciERC's usual training set, where only 1,139 of 2,136 sentences have SemEval's labels as well and the
-- second head is taught that the others have none. Refuted if two heads do not have at least 0.5 more
-- boundary F1 on SciERC's test set than one head.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_standard" {
  question = "Does a second view help where only half of the sentences have it?",
  data = lab.data "label_variation" { train = "train", test = "test" },
  model = label_variation.model {},
  train = label_variation.train,
  ablate = {
    ["one head"] = label_variation.alone "sci",
    ["two heads, hard labels"] = label_variation.labels {},
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick },
  report = { metrics = { "sci.entity.f1", "sci.relation.boundary.f1" } },
}
