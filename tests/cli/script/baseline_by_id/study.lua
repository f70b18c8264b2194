-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  space = lab.product {
    lab.grid { encoder = { lab.encoder "bert" {}, lab.encoder "birnn" {} } },
    lab.grid { ["entity.depth"] = { 0, 1 } },
  },
  report = { baseline = { encoder = "birnn", ["entity.depth"] = 1 } },
}
