-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.grid {
    ["train.weight_decay"] = { 0,5, 1 }, ["train.lr"] = { 1e-4,1e-5 }, ["entity.depth"] = { 0,1,2 },
  },
  train = { epochs = 1 },
}
