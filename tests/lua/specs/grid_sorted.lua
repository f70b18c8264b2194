-- SPDX-License-Identifier: MIT
-- A table keyed by paths is read in sorted order; the first path is slowest.
-- point: a.x=1 b.y=3
-- point: a.x=1 b.y=4
-- point: a.x=2 b.y=3
-- point: a.x=2 b.y=4
local lab = require "spanlab"
return require "study_of" (lab.grid { ["b.y"] = { 3, 4 }, ["a.x"] = { 1, 2 } })
