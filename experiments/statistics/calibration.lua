-- SPDX-License-Identifier: MIT
-- The test over seeds and documents should call two groups of seeds of one system different in 5 of 100 cases
-- at most, and find that an encoder without characters does worse. What it is tried on: three seeds against
-- three, drawn from twelve of each system, on random halves of the test sentences (reports/statistics).
-- Refuted if it rejects more than 7 of 100 pairs of one system, or fewer than 1.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "statistics_calibration" {
  question = "How often does each test call one and the same system different from itself?",
  data = lab.data "sample" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "birnn" {} },
  train = { epochs = 8, batch = 4, lr = 1e-3 },
  space = lab.grid { ["encoder.character_states"] = { 32, 0 } },
  seeds = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 },
  profiles = { quick = { ["train.epochs"] = 1, ["data.limit"] = 60, seeds = { 1 } } },
  report = {
    baseline = { ["encoder.character_states"] = 32 },
    metrics = { "entity.f1", "entity.precision", "entity.recall", "relation.strict.f1" },
  },
}
