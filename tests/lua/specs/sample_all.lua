-- SPDX-License-Identifier: MIT
-- point: a=1
-- point: a=2
local lab = require "spanlab"
return require "study_of" (lab.grid { a = { 1, 2 } }:sample(2, 1))
