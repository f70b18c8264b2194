-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "bret" {} },
  ablate = { ["other loss"] = { ["relation.loss.classify"] = lab.loss "bcee" {} } },
}
