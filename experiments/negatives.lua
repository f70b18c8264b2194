-- SPDX-License-Identifier: MIT
-- Entity negatives of SpERT on CoNLL04. Refuted if entity F1 does not fall when fewer negatives are drawn.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "negatives" {
  question = "How many negative spans per sentence does SpERT need?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minilm" } },
  train = { epochs = 3, batch = 2, lr = 5e-5, warmup = 0.1 },
  space = lab.grid { ["entity.sampler.negatives"] = { 20, 60, 100 } },
  seeds = { 1, 2 },
  report = {
    baseline = { ["entity.sampler.negatives"] = 100 },
    metrics = { "entity.f1", "relation.strict.f1" },
  },
}
