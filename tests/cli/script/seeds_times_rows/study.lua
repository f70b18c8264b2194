-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local rates = {}
for i = 1, 1000 do rates[i] = i * 1e-6 end
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.grid { ["train.lr"] = rates },
}
