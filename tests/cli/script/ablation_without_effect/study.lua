-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  ablate = {
    ["same negatives"] = { ["entity.sampler.negatives"] = 100.0 },
    ["few negatives"] = { ["entity.sampler.negatives"] = 10 },
    ["again few"] = { ["entity.sampler.negatives"] = 10 },
  },
}
