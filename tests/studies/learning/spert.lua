-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "learning_spert" {
  data = lab.data "conll04" { train = "train", test = "train", limit = 30 },
  model = spert.model { encoder = lab.encoder "birnn" { dropout = 0, least = 1 } },
  train = { epochs = 60, batch = 2, lr = 1e-3, keep = "none" },
  seeds = { 1 },
  report = { metrics = { "entity.f1", "relation.strict.f1" } },
}
