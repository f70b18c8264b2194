-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
table.sort({ 3, 2, 1 }, function() while true do end end)
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
