-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
table.move({}, 1, math.maxinteger - 1, 2)
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
