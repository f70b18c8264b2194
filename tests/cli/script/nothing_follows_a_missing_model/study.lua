-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  space = lab.grid { ["entity.depth"] = { 1, 2 }, ["train.epochs"] = { 1, 2 } },
  report = { metrics = { "entity.f1" } },
}
