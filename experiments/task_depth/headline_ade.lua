-- SPDX-License-Identifier: MIT
-- Crone claims the best scores of the time on ADE; the figures are not known, SpERT's are about 89.3 and
-- 79.2. Refuted if strict relation F1, in the mean over the ten folds, is below 79.2 or entity F1 below 89.3.
-- Entities that share words count in no score; the profile `overlap` scores each fold without them and with
-- them. A trial learns from all entities either way, so the second scores cost a training of the same model.
local lab = require "spanlab"
local task_depth = require "recipes.task_depth"

local folds = lab.grid { ["data.fold"] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 } }

return lab.study "task_depth_headline_ade" {
  question = "How far does a small recurrent model with task-specific layers reach on ADE?",
  data = lab.data "ade" { train = "train", test = "test" },
  model = task_depth.model {},
  train = task_depth.train,
  space = folds,
  seeds = { 1, 2, 3 },
  profiles = {
    quick = task_depth.quick(40),
    overlap = { space = lab.product { folds, lab.grid { ["data.overlap"] = { "removed", "allowed" } } } },
  },
  report = {
    metrics = { "entity.macro.f1", "relation.strict.macro.f1", "entity.f1", "relation.strict.f1" },
  },
}
