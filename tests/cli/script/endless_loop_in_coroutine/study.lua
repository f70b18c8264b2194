-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local again = coroutine.wrap(function() while true do end end)
pcall(again)
while true do pcall(coroutine.wrap(function() while true do end end)) end
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
