-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local t = {}
for i = 1, math.huge do t[i] = i end
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
