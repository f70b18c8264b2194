-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local task_depth = require "recipes.task_depth"
return lab.study "case" {
  data = lab.data "sample" { test = "tset" },
  model = task_depth.model { encoder = lab.encoder "birnn" {} },
  train = { epochs = 1 },
  space = lab.grid { ["train.precision"] = { "float32", "bf16" } },
}
