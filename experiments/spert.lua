-- SPDX-License-Identifier: MIT
-- SpERT as published, on CoNLL04 with a small encoder. Refuted if mean entity F1 is below 82.1 or mean strict
-- relation F1 below 60.9: the reference implementation, trained on the same data and encoder, has 83.6 and
-- 62.4 with seeds 1 to 3, and 1.5 less is tolerated.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "spert" {
  question = "Does Spanlab's SpERT reach the scores of the reference implementation?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minilm" } },
  train = { epochs = 20, batch = 2, lr = 5e-5, warmup = 0.1 },
  seeds = { 1, 2, 3 },
  report = { metrics = { "entity.f1", "relation.strict.f1", "relation.boundary.f1" } },
}
