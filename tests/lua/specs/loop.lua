-- SPDX-License-Identifier: MIT
-- Plain Lua makes spaces too; `pairs` goes in sorted order and `sort` is stable.
-- point: a=1 b=x
-- point: a=2 b=y
-- point: a=3 b=z
local lab = require "spanlab"
local parts = {}
for name, number in pairs { z = 3, x = 1, y = 2 } do
  parts[#parts + 1] = lab.zip { a = { number }, b = { name } }
end
local order = { 3, 1, 2 }
table.sort(order, function(one, other) return one < other end)
return require "study_of" (lab.union { parts[order[1]], parts[order[2]], parts[order[3]] })
