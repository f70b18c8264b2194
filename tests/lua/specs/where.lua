-- SPDX-License-Identifier: MIT
-- A condition reads a path in one piece or step by step.
-- point: s.a=0 s.b=2
-- point: s.a=1 s.b=1
local lab = require "spanlab"
return require "study_of" (
  lab.grid { ["s.a"] = { 0, 1 }, ["s.b"] = { 1, 2 } }:where(function(p) return p["s.a"] + p.s.b == 2 end)
)
