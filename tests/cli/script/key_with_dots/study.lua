-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  space = lab.grid { train.epochs = { 1, 2 } },
}
