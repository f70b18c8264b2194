-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.grid {
    ["relation.sampler"] = {
      lab.sampler "uniform" { ratio = -1 },
      lab.sampler "uniform" { pairs = "all" },
      lab.sampler "hard" { share = 2 },
      lab.sampler "hard" { max_span_width = 0 },
      lab.sampler "class_balanced" { power = 1.5 },
      lab.sampler "class_balanced" { max_copies = 0 },
      lab.sampler "all" { negatives = 5 },
    },
  },
}
