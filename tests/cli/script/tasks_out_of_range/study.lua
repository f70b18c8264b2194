-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local task_depth = require "recipes.task_depth"
return lab.study "case" {
  data = lab.data "sample" {},
  model = task_depth.model {},
  space = lab.union {
    lab.grid { ["entity.depth"] = { 9 } },
    lab.grid { ["entity.cell"] = { "rnn" } },
    lab.grid { ["entity.size"] = { 0 } },
    lab.grid { ["entity.dropout"] = { 1 } },
    lab.grid { ["entity.view"] = { 1 } },
    lab.grid { ["relation.weight"] = { -1 } },
    lab.grid { ["relation.lr_factor"] = { "high" } },
    lab.grid { ["relation.reduction"] = { "median" } },
    lab.grid { ["relation.spans"] = { "entitty" } },
    lab.grid { ["relation.lr_faktor"] = { 2 } },
  },
}
