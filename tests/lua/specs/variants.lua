-- SPDX-License-Identifier: MIT
-- Named sets of changes, in their order; a condition sees the name and what the variant changes.
-- point: system=plain n=1
-- point: system=without x x=0 n=1
-- point: system=without x x=0 n=2
local lab = require "spanlab"
local systems = lab.variants "system" { { ["plain"] = {} }, { ["without x"] = { x = 0 } } }
return require "study_of" (
  lab.product { systems, lab.grid { n = { 1, 2 } } }:where(
    function(p) return p.system ~= "plain" or p.n == 1 end
  )
)
