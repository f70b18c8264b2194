-- SPDX-License-Identifier: MIT
-- Pham et al. cut their training set from the end, 100 sentences at a time, and find that variation labels
-- (both views, soft) need less data than gold labels (SciERC's view alone). Refuted if two heads on 1,000
-- sentences are below one head on 1,400.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_training_size" {
  question = "Does a second annotation make up for fewer sentences?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci", train_limit = 1400 },
  model = label_variation.model {},
  train = label_variation.train,
  space = lab.product {
    lab.grid { ["data.train_limit"] = { 1400, 1300, 1200, 1100, 1000, 900, 800, 700, 600, 500, 400 } },
    lab.variants "labels" { { ["variation"] = {} }, { ["gold"] = label_variation.alone "sci" } },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick },
  report = {
    baseline = { ["data.train_limit"] = 1400 },
    metrics = { "sci.entity.f1", "sci.relation.boundary.f1" },
  },
}
