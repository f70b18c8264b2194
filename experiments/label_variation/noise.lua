-- SPDX-License-Identifier: MIT
-- Pham et al. call their two heads robust to label noise; which noise, they do not say. Here a share of
-- SciERC's entities (and with them their relations) begins or ends a word off, in training alone, while
-- SemEval's view stays clean. Refuted if two heads with soft labels lose as much F1 from rate 0 to 0.5 as one
-- head does.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_noise" {
  question = "Do two heads with soft labels lose less to label noise than one head?",
  data = lab.data "label_variation_overlap" {
    train = "train",
    test = "test_sci",
    noise = { kind = "boundary", rate = 0.0, views = { "sci" }, parts = { "train" } },
  },
  model = label_variation.model {},
  train = label_variation.train,
  space = lab.product {
    lab.grid { ["data.noise.rate"] = { 0, 0.1, 0.2, 0.3, 0.4, 0.5 } },
    lab.variants "system" {
      { ["two heads, soft labels"] = {} },
      { ["two heads, hard labels"] = label_variation.labels {} },
      { ["one head"] = label_variation.alone "sci" },
    },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick },
  report = {
    baseline = { ["data.noise.rate"] = 0 },
    metrics = { "sci.entity.f1", "sci.relation.boundary.f1" },
  },
}
