-- SPDX-License-Identifier: MIT
-- SpERT on CoNLL04 over a frozen encoder: eight trials whose heads and losses differ.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "frozen" {
  question = "How long do eight trials over a frozen encoder take, end to end?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minilm", frozen = true } },
  train = { epochs = 1, batch = 2, lr = 5e-5, warmup = 0.1 },
  space = lab.grid {
    ["entity.loss.classify"] = { lab.loss "cross_entropy" {}, lab.loss "focal" {} },
    ["entity.head.width_embedding"] = { 25, 50 },
    ["relation.head.dropout"] = { 0.1, 0.3 },
  },
}
