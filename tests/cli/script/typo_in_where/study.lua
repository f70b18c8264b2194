-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.product {
    lab.grid { encoder = { lab.encoder "birnn" {}, lab.encoder "bert" {} } },
    lab.grid { ["encoder.layers"] = { 1, 2 } }:when { encodr = "birnn" },
  },
}
