-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local task_depth = require "recipes.task_depth"

return lab.study "learning_task_depth" {
  data = lab.data "conll04" { train = "train", test = "train", limit = 30 },
  model = task_depth.model { encoder = lab.encoder "birnn" { dropout = 0, least = 1 } },
  train = {
    epochs = 100,
    batch = 2,
    lr = 1e-3,
    keep = "none",
    optimizer = "torch_adamw",
    weight_decay = 0,
    schedule = "constant",
    warmup = 0,
  },
  seeds = { 1 },
  report = { metrics = { "entity.f1", "relation.strict.f1" } },
}
