-- SPDX-License-Identifier: MIT
-- Random numbers are the same in every run; a seed makes others.
-- point: same=true
local lab = require "spanlab"
math.randomseed(3)
local first = math.random(1000)
math.randomseed(3)
return require "study_of" (lab.grid { same = { first == math.random(1000) } })
