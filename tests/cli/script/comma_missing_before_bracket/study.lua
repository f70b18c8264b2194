-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local x = 1
return lab.study "case" {
  data = lab.data "sample" {},
  ablate = {
    ["a"] = x
    ["b"] = x,
  },
}
