-- SPDX-License-Identifier: MIT
-- A list of one-key tables keeps its own order.
-- point: b=3 a=1
-- point: b=3 a=2
-- point: b=4 a=1
-- point: b=4 a=2
local lab = require "spanlab"
return require "study_of" (lab.grid { { b = { 3, 4 } }, { a = { 1, 2 } } })
