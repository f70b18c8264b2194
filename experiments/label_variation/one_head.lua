-- SPDX-License-Identifier: MIT
-- What a head reaches that knows its own view alone: SpERT on either annotation of the same 1,400 sentences.
-- SemEval marks fewer relations, so its head should be the worse one on relations. Refuted if its boundary F1
-- is not below that of SciERC's head.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_one_head" {
  question = "How well is each view learned alone?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = label_variation.one_head {},
  train = label_variation.train,
  space = lab.zip {
    ["entity.view"] = { "sci", "sem" },
    ["relation.view"] = { "sci", "sem" },
    ["data.test"] = { "test_sci", "test_sem" },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick },
  report = {
    metrics = { "sci.entity.f1", "sci.relation.boundary.f1", "sem.entity.f1", "sem.relation.boundary.f1" },
  },
}
