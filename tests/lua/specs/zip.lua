-- SPDX-License-Identifier: MIT
-- point: a=1 b=x
-- point: a=2 b=y
-- point: a=3 b=z
local lab = require "spanlab"
return require "study_of" (lab.zip { b = { "x", "y", "z" }, a = { 1, 2, 3 } })
