-- SPDX-License-Identifier: MIT
-- Lists, empty lists, texts and numbers are values.
-- point: a=[] b=0.5
-- point: a=[x,y] b=0.5
local lab = require "spanlab"
return require "study_of" (lab.grid { a = { {}, { "x", "y" } }, b = { 0.5 } })
