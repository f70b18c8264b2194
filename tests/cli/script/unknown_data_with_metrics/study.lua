-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sampel" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  report = { metrics = { "entity.f1" } },
}
