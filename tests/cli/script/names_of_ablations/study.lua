-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  ablate = {
    [""] = { ["train.epochs"] = 2 },
    ["base model"] = { ["train.epochs"] = 3 },
    ["depth=1"] = { ["train.epochs"] = 4 },
  },
  space = lab.grid { ["entity.depth"] = { 0, 1 } },
}
