-- SPDX-License-Identifier: MIT
-- error: 4: 'negtives' does not vary here; did you mean 'negatives'?
local lab = require "spanlab"
return require "study_of" (lab.grid { negatives = { 1 } }:where(function(p) return p.negtives > 1 end))
