-- SPDX-License-Identifier: MIT
-- SpERT on CoNLL04, eight seeds.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "sweep" {
  question = "How long do eight trials take, end to end?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minilm" } },
  train = { epochs = 1, batch = 2, lr = 5e-5, warmup = 0.1 },
  seeds = { 1, 2, 3, 4, 5, 6, 7, 8 },
}
