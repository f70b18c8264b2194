-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
while true do end
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
