-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local rep = ("").rep
string.rep = nil
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
