-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  train = { epochs = 1e999, lr = 0/0, batch = -1e999 },
  space = lab.grid { ["train.warmup"] = { 0.1, 1e999 } },
  seeds = { 1e999 },
}
