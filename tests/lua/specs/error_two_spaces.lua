-- SPDX-License-Identifier: MIT
-- error: 6: train.epochs: two spaces on one path; it varies already at
local lab = require "spanlab"
return require "study_of" (lab.product {
  lab.grid { ["train.epochs"] = { 1 } },
  lab.grid { ["train.epochs"] = { 2 } },
})
