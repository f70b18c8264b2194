-- SPDX-License-Identifier: MIT
-- error: 4: b: zip needs lists of one length; 3 values here, 2 for a
local lab = require "spanlab"
return require "study_of" (lab.zip { a = { 1, 2 }, b = { 1, 2, 3 } })
