-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.grid { ["entity.sampler.negtives"] = { 10, 20 }, ["entty.depth"] = { 1 } },
  report = { baseline = { ["relation.head.treshold"] = 0.4 } },
}
