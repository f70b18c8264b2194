-- SPDX-License-Identifier: MIT
-- Branches of a union may vary the same path.
-- point: a=1
-- point: a=2
-- point: b=true
-- point: b=false
-- point: a=9 b=true
local lab = require "spanlab"
return require "study_of" (
  lab.union {
    lab.grid { a = { 1, 2 } }, lab.grid { b = { true, false } }, lab.zip { a = { 9 }, b = { true } },
  }
)
