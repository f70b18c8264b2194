-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.product {
    lab.grid { ["entity.loss.classify"] = { lab.loss "cross_entropy" {}, lab.loss "bce" {} } },
    lab.grid { ["encoder.cell"] = { "gru", "lstm" } },
  },
}
