-- SPDX-License-Identifier: MIT
-- The first study to run: a small recurrent encoder on the sample corpus, with few and with many negative
-- spans.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "quickstart" {
  question = "Do negative spans matter for finding entities?",
  data = lab.data "sample" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "birnn" {} },
  train = { epochs = 4, batch = 4, lr = 1e-3 },
  space = lab.grid { ["entity.sampler.negatives"] = { 2, 20, 100 } },
  seeds = { 1, 2, 3 },
  report = {
    baseline = { ["entity.sampler.negatives"] = 100 },
    metrics = { "entity.f1", "entity.precision", "relation.strict.f1" },
  },
}
