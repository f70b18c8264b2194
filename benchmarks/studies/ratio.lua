-- SPDX-License-Identifier: MIT
-- SpERT.MT on CoNLL04 with pairs of any two sampled spans for negatives; scripts/bench chooses how many for
-- each relation.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "ratio" {
  question = "How do time and memory grow with negative pairs?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert_mt.model {
    encoder = lab.encoder "bert" { model = "minilm" }, pairs = "weak", negatives = 240,
  },
  train = { epochs = 2, batch = 2, lr = 5e-5, warmup = 0.1, keep = "none" },
}
