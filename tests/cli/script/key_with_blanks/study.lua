-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  ablate = { no dropout = { ["entity.head.dropout"] = 0 } },
}
