-- SPDX-License-Identifier: MIT
-- point: a=1
-- point: a=2 b=5
-- point: a=2 b=6
local lab = require "spanlab"
return require "study_of" (
  lab.product { lab.grid { a = { 1, 2 } }, lab.grid { b = { 5, 6 } }:when(function(p) return p.a > 1 end) }
)
