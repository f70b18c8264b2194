-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local options = {}
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {
    encoder = lab.encoder "bert" { dropout = 0,5 },
    depth = options.depth,
  },
  train = { epochs = 3, lr = 1e-4, epochs = 5 },
  space = lab.grid { ["entity.sampler.negatives"] = { 10, options.many, 30 } },
}
