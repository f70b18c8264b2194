-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "pair" {
  data = lab.data "sample" { train = "train", test = "test", train_limit = 120 },
  model = spert.model {
    encoder = lab.encoder "birnn" { word_size = 16, size = 16, character_size = 4, character_states = 4 },
  },
  train = { epochs = 6, batch = 4, lr = 3e-3, keep = "none" },
  space = lab.grid { ["entity.sampler.negatives"] = { 5, 40 } },
  seeds = { 1, 2, 3 },
}
