-- SPDX-License-Identifier: MIT
-- Crone's layers of each task's own help over shared recurrent layers; over a pretrained encoder that is
-- fine-tuned there may be nothing left for them to do. That they help is refuted if no depth exceeds 0/0 by
-- 0.5 strict relation F1, at the common rate or at ten times the rate for what is not pretrained. Scored on
-- dev, since a depth is chosen here.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

local function fast_at(depth)
  return {
    ["entity.depth"] = depth,
    ["relation.depth"] = depth,
    ["entity.lr_factor"] = 10,
    ["relation.lr_factor"] = 10,
  }
end

return lab.study "crossings_task_depth" {
  question = "Do task-specific layers help under SpERT.MT's heads over BERT?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.grid { { ["entity.depth"] = { 0, 1, 2 } }, { ["relation.depth"] = { 0, 1, 2 } } },
  ablate = {
    ["no layers, rate x 10"] = fast_at(0),
    ["a layer each, rate x 10"] = fast_at(1),
    ["two layers each, rate x 10"] = fast_at(2),
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["entity.depth"] = 0, ["relation.depth"] = 0 },
    metrics = { "entity.f1", "relation.strict.f1" },
  },
}
