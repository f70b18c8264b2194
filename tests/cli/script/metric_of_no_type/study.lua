-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "birnn" {} },
  report = { metrics = { "entity.per_type.Persn.f1", "relation.strict.per_type.Work_Fr.f1" } },
}
