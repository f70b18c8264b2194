-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
pcall(function() table.concat({}, "", 1, math.maxinteger) end)
table.unpack({}, 1, 1e8)
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
