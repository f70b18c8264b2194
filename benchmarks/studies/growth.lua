-- SPDX-License-Identifier: MIT
-- SpERT on made-up sentences, whose length and annotation scripts/bench chooses.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "growth" {
  question = "How do time and memory grow?",
  data = lab.data "made_up" { train = "train", dev = "test", test = "test" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minilm" } },
  train = { epochs = 3, batch = 2, lr = 5e-4, warmup = 0, keep = "none" },
}
