-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local text = string.rep("", math.maxinteger)
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
