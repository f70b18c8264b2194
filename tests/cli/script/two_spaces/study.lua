-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.product {
    lab.grid { ["train.epochs"] = { 1, 2 } },
    lab.grid { ["train.batch"] = { 1, 2 } },
    lab.zip { ["train.epochs"] = { 3, 4 }, ["train.lr"] = { 1e-4, 1e-5 } },
  },
}
