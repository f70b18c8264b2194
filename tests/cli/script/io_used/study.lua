-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local f = io.open("secret", "w")
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
