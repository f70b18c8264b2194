-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  question = "what\27[2J?",
  ablate = { ["\27]0;owned\7\27[2J"] = { ["train.epochs"] = 2 } },
}
