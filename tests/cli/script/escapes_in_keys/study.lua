-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  ablate = { ["caf\u{e9}"] = { ["train.epochs"] = 2 }, ["a\98\x63\z
             d"] = { ["train.\101pochs"] = 3 } },
}
