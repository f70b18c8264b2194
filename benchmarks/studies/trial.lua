-- SPDX-License-Identifier: MIT
-- SpERT on CoNLL04, one trial. The test split is evaluated after every epoch, so that evaluation can be timed
-- alone.
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "one-trial" {
  question = "How long do training and evaluation of one trial take?",
  data = lab.data "conll04" { train = "train", dev = "test", test = "test" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minilm" } },
  train = { epochs = 1, batch = 2, lr = 5e-5, warmup = 0.1 },
}
