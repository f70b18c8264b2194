-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  question = "How many?",
  train = { epochs = 3 },
  space = lab.grid { ["entity.sampler.negatives"] = { 20, 60, 100 } },
  ablate = { ["deeper"] = { ["entity.depth"] = 1 } },
  seeds = { 1, 2 },
  profiles = { quick = { ["train.epochs"] = 1, ["data.limit"] = 10 } },
  report = { baseline = { ["entity.sampler.negatives"] = 100 }, metrics = { "entity.f1" } },
}
