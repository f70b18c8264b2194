-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  train = { epochs = 0, warmup = 1.5 },
  space = lab.grid { ["entity.sampler.negatives"] = { 10, -1 } },
}
