-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {
    overlap = "forbidden",
    limit = -1,
    train_limit = 2.5,
    noise = {
      kind = "swap",
      seed = -1,
    },
  },
  model = spert.model {},
}
