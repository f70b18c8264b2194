-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
setmetatable({}, { __gc = function() while true do end end })
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
