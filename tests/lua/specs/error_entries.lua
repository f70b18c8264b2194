-- SPDX-License-Identifier: MIT
-- Every slip is told at once, each in its line.
-- error: 14: key 'a' stands twice, first in line 13
-- error: 15: 5 stands without a name
-- error: 16: the value of 'c' is nil
-- error: 17: item 2 of the list is nil
-- error: 18: e: expected a list of values, got 3
-- error: 19: f: expected a finite number, got inf
-- error: 20: g: item 2: expected a number or a text, got true
local lab = require "spanlab"
local t = {}
return require "study_of" (lab.grid {
  a = { 1 },
  ["a"] = { 2 },
  b = { 0 },5,
  c = t.missing,
  d = { 1, t.missing, 3 },
  e = 3,
  f = { math.huge },
  g = { { 1, true } },
})
