-- SPDX-License-Identifier: MIT
-- A space under `when` adds its points only where the condition holds for what stands to its left.
-- point: encoder=bert seed=1
-- point: encoder=birnn encoder.size=100 seed=1
-- point: encoder=birnn encoder.size=200 seed=1
local lab = require "spanlab"
return require "study_of" (lab.product {
  lab.grid { encoder = { lab.encoder "bert" {}, lab.encoder "birnn" {} } },
  lab.grid { ["encoder.size"] = { 100, 200 } }:when { encoder = "birnn" },
  lab.grid { seed = { 1 } },
})
