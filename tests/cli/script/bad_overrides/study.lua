-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.grid { ["entity.sampler.negatives"] = { 10, 20 } },
  profiles = { quick = { ["train.epochs"] = 1 } },
}
