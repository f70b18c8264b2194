-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local entity = {
  lab.head "span" { outputs = { "identify", "clasify" } },
  lab.head "span" { threshold = 2 },
  lab.head "span" { none_score = 1000 },
  lab.head "span" { width_embedding = 0 },
  lab.head "span" { dropout = 1 },
  lab.head "crf" { hidden = 0 },
  lab.head "crf" { activation = "gelu" },
  lab.head "crf" { legal = "yes" },
}
local relation = {
  lab.head "pair" { threshold = -0.1 },
  lab.head "pair" { inputs = { "logits" } },
  lab.head "pair" { logits = "sigmoid" },
  lab.head "pair" { detached = 1 },
  lab.head "pair" { type_embedding = 0 },
  lab.head "token_pair" { tag_embedding = 0 },
  lab.head "token_pair" { hidden = 5000 },
  lab.head "token_pair" { activation = "gelu" },
  lab.head "token_pair" { threshold = 90 },
  lab.head "token_pair" { dropout = -1 },
}
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.union { lab.grid { ["entity.head"] = entity }, lab.grid { ["relation.head"] = relation } },
}
