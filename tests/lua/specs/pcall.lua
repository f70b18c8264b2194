-- SPDX-License-Identifier: MIT
-- What a function of the library refuses can be caught and read.
-- point: a=spanlab has no 'modle'; did you mean 'model'?
local lab = require "spanlab"
local ok, message = pcall(function() return lab.modle {} end)
local text = not ok and message:sub(-#"spanlab has no 'modle'; did you mean 'model'?")
return require "study_of" (lab.grid { a = { text } })
