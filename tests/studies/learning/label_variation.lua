-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "learning_label_variation" {
  data = lab.data "label_variation_overlap" { train = "train", test = "train", limit = 30 },
  model = label_variation.model { encoder = lab.encoder "birnn" { dropout = 0, least = 1 }, alpha = 0.5 },
  train = { epochs = 60, batch = 2, lr = 1e-3, keep = "none" },
  seeds = { 1 },
  report = {
    metrics = { "sci.entity.f1", "sci.relation.boundary.f1", "sem.entity.f1", "sem.relation.boundary.f1" },
  },
}
