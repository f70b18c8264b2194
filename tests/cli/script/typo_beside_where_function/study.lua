-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.grid { ["entity.sampler.negativs"] = { 10, 20 } }:where(
    function(p) return p["entity.sampler.negatives"] > 10 end
  ),
}
