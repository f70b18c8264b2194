-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local spec = {}
return lab.study "case" {
  data = spec.data,
  model = lab.model { encoder = spec.encoder, tasks = { entity = 5, relation = lab.task {
    spans = "entity", head = spec.head, loss = { classify = lab.loss "cross_entropy" {} },
    sampler = lab.sampler "uniform" {}, labeler = lab.labeler "hard" {} } } },
  space = lab.grid { ["entity.depth"] = { 1, 2 }, ["data.limit"] = { 1, 2 } },
  report = { metrics = { "entity.f1" } },
}
