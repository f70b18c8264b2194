-- SPDX-License-Identifier: MIT
-- Crone reports 87.00 entity and 72.63 strict relation F1 (macro, with ELMo and GloVe), beside SpERT's 86.25
-- and 72.87. With a small stand-in for ELMo less is expected; refuted as competitive if strict relation F1 is
-- more than 2 below that of SpERT over the same MiniLM (the study `spert`).
local lab = require "spanlab"
local task_depth = require "recipes.task_depth"

return lab.study "task_depth_headline_conll04" {
  question = "How far does a small recurrent model with task-specific layers reach on CoNLL04?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = task_depth.model {},
  train = task_depth.train,
  seeds = { 1, 2, 3 },
  profiles = { quick = task_depth.quick(80) },
  report = {
    metrics = { "entity.macro.f1", "relation.strict.macro.f1", "entity.f1", "relation.strict.f1" },
  },
}
