-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.product {
    lab.grid { ["train.epochs"] = { 5, 6, 5.0 } },
    lab.zip { ["train.batch"] = { 2, 2, 4 }, ["train.warmup"] = { 0.1, 0.1, 0.1 } },
    lab.grid { ["entity.loss.classify"] = {
      lab.loss "cross_entropy" {},
      lab.loss "focal" { gamma = 2 },
      lab.loss "focal" {},
    } },
  },
}
