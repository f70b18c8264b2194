-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.grid {
    ["relation.labeler"] = {
      lab.labeler "smoothing" { epsilon = 1.5 },
      lab.labeler "mixture" { weight = -0.5 },
      lab.labeler "agreement" { high = 90 },
      lab.labeler "agreement" { rest = "equal" },
    },
  },
}
