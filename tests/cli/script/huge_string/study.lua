-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local text = ("x"):rep(1 << 30)
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
