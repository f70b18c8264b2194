-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local function again(n) return 1 + again(n + 1) end
again(1)
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
