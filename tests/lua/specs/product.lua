-- SPDX-License-Identifier: MIT
-- The first part is slowest, whatever its paths are called.
-- point: z=1 a=1 b=1
-- point: z=1 a=2 b=2
-- point: z=2 a=1 b=1
-- point: z=2 a=2 b=2
local lab = require "spanlab"
return require "study_of" (lab.product { lab.grid { z = { 1, 2 } }, lab.zip { a = { 1, 2 }, b = { 1, 2 } } })
