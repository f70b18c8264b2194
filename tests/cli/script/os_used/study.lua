-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
os.exit(0)
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
