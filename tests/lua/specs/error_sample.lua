-- SPDX-License-Identifier: MIT
-- error: 4: sample: asks for 5 points of 2
local lab = require "spanlab"
return require "study_of" (lab.grid { a = { 1, 2 } }:sample(5, 1))
