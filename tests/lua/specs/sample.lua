-- SPDX-License-Identifier: MIT
-- Three of twenty points, without repetition, in the space's order, the same on every machine.
-- count: 3
-- ascending: a
local lab = require "spanlab"
local values = {}
for i = 1, 20 do values[i] = i end
return require "study_of" (lab.grid { a = values }:sample(3, 7))
