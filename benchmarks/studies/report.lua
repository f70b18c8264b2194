-- SPDX-License-Identifier: MIT
-- 201 short trials, whose report scripts/bench times.
local lab = require "spanlab"
local spert = require "recipes.spert"

local negatives = {}
for i = 1, 67 do negatives[i] = i end

return lab.study "report" {
  question = "How long does a report take?",
  data = lab.data "made_up" { train = "train", dev = "test", test = "test", train_limit = 4 },
  model = spert.model { encoder = lab.encoder "birnn" { size = 16 } },
  train = { epochs = 2, batch = 2, lr = 5e-4, warmup = 0, keep = "none" },
  space = lab.grid { ["entity.sampler.negatives"] = negatives },
  seeds = { 1, 2, 3 },
  report = {
    baseline = { ["entity.sampler.negatives"] = 1 },
    metrics = { "entity.f1", "relation.boundary.f1", "relation.strict.f1" },
  },
}
