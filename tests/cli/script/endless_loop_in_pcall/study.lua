-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
while true do
  pcall(function() while true do end end)
end
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
