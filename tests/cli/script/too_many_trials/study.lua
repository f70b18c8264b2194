-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local numbers = {}
for i = 1, 1000 do numbers[i] = i end
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.grid { ["entity.sampler.negatives"] = numbers },
  seeds = numbers,
}
