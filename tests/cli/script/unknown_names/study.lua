-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" { train = "train+devv" },
  model = spert.model { encoder = lab.encoder "bert" { model = "minlm" } },
  report = { metrics = { "entity.f2", "relation.f1" } },
}
