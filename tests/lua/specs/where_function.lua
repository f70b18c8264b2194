-- SPDX-License-Identifier: MIT
-- `lab.where(space, f)` is `space:where(f)`; components show as their ids.
-- point: encoder=bert
local lab = require "spanlab"
local encoders = lab.grid { encoder = { lab.encoder "birnn" {}, lab.encoder "bert" {} } }
return require "study_of" (lab.where(encoders, function(p) return p.encoder == "bert" end))
