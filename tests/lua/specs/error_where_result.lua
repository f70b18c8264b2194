-- SPDX-License-Identifier: MIT
-- error: 4: where: the function must return true or false, got nil
local lab = require "spanlab"
return require "study_of" (lab.grid { a = { 1 } }:where(function(p) end))
