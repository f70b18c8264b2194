-- SPDX-License-Identifier: MIT
-- Products in bf16 round what they read and what they give. Refuted if the mean entity or strict relation F1
-- of bf16 is more than 0.7 points away from that of float32. It needs a processor with AVX512_BF16 or AMX.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "precision" {
  question = "Does training with products in bf16 cost F1?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minilm" } },
  train = spert.train,
  space = lab.grid { ["train.precision"] = { "float32", "bf16" } },
  seeds = { 1, 2, 3 },
  report = {
    baseline = { ["train.precision"] = "float32" },
    metrics = { "entity.f1", "relation.strict.f1", "relation.boundary.f1" },
  },
}
