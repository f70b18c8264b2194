-- SPDX-License-Identifier: MIT
-- SpERT and SpERT.MT with the same numbers of negatives.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "systems" {
  question = "What does a step of SpERT.MT cost beside one of SpERT?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert_mt.model { encoder = lab.encoder "bert" { model = "minilm" } },
  train = { epochs = 3, batch = 2, lr = 5e-5, warmup = 0.1, keep = "none" },
  space = spert_mt.systems {},
}
