-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local m = require "/etc/passwd"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
}
