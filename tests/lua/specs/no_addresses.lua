-- SPDX-License-Identifier: MIT
-- point: a=table function encoder "bert" [table]
local lab = require "spanlab"
local text = tostring({}) .. " " .. tostring(pairs) .. " " .. tostring(lab.encoder "bert" {}) .. " " ..
  string.format("[%s]", {})
return require "study_of" (lab.grid { a = { text } })
