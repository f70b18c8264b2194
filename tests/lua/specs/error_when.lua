-- SPDX-License-Identifier: MIT
-- error: 5: encodr: does not vary to the left of this condition
local lab = require "spanlab"
return require "study_of" (
  lab.product { lab.grid { encoder = { 1 } }, lab.grid { a = { 1 } }:when { encodr = 1 } }
)
