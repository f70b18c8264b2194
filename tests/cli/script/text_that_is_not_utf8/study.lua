-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" { vectors = "\xff" } },
  question = "caf\xe9",
  ablate = { ["\xff"] = { ["train.epochs"] = 2 } },
  train = { ["\xfe"] = 1 },
  report = { metrics = { "entity.per_type.\xff.f1" } },
}
