-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.product {
    lab.grid { ["entity.sampler.negativs"] = { 10, 20 } },
    lab.grid { ["train.epochs"] = { 1, 2 } }:when { ["entity.sampler.negatives"] = 10 },
  },
}
