-- SPDX-License-Identifier: MIT
-- Crone chooses the numbers of layers for each data set and finds that tasks want layers of their own.
-- Compared on dev, for this is a choice; the report counts the parameters of each. Refuted if the best cell
-- without any task-specific layer is within 0.5 strict relation F1 of the best cell of all, in the mean over
-- seeds.
local lab = require "spanlab"
local task_depth = require "recipes.task_depth"

local axes = {
  { ["encoder.layers"] = { 0, 1, 2, 3 } },
  { ["entity.depth"] = { 0, 1, 2, 3 } },
  { ["relation.depth"] = { 0, 1, 2, 3 } },
}
local crone = { ["encoder.layers"] = 1, ["entity.depth"] = 1, ["relation.depth"] = 2 }
local some = lab.zip {  -- Crone's, and those without any layer of a task's own
  ["encoder.layers"] = { 1, 1, 2, 3 },
  ["entity.depth"] = { 1, 0, 0, 0 },
  ["relation.depth"] = { 2, 0, 0, 0 },
}

return lab.study "task_depth_grid" {
  question = "How many layers should two tasks share, and how many should each have of its own?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = task_depth.model {},
  train = task_depth.train,
  space = lab.grid(axes),
  seeds = { 1, 2, 3 },
  profiles = {
    quick = task_depth.quick(12),
    sampled = { space = lab.union { some, lab.grid(axes):sample(10, 1) } },
  },
  report = {
    baseline = crone,
    metrics = { "entity.f1", "relation.strict.f1" },
  },
}
