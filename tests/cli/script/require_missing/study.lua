-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local m = require "recipes.sprt"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
