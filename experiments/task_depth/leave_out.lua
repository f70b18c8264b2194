-- SPDX-License-Identifier: MIT
-- What the task-specific layers are worth: without those of one task, without any, and with as many shared
-- layers in their place (one more, as many as the entities' way has; two more, as the relations' has).
-- Refuted if strict relation F1 without any, at either number of shared layers, is within 0.5 of the whole
-- model. Scored on dev, so that the headline's test stays unseen.
local lab = require "spanlab"
local task_depth = require "recipes.task_depth"

return lab.study "task_depth_leave_out" {
  question = "Do both tasks need layers of their own?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = task_depth.model {},
  train = task_depth.train,
  ablate = {
    ["no layers for entities"] = { ["entity.depth"] = 0 },
    ["no layers for relations"] = { ["relation.depth"] = 0 },
    ["no layers of their own"] = { ["entity.depth"] = 0, ["relation.depth"] = 0 },
    ["two shared layers instead"] = { ["encoder.layers"] = 2, ["entity.depth"] = 0, ["relation.depth"] = 0 },
    ["three shared layers instead"] = {
      ["encoder.layers"] = 3, ["entity.depth"] = 0, ["relation.depth"] = 0,
    },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = task_depth.quick(60) },
  report = { metrics = { "entity.f1", "relation.strict.f1" } },
}
