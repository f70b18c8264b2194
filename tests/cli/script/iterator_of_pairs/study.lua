-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local it = pairs { 1, 2 }
local ok, message = pcall(it)
if ok then error("called without a table") end
it("text", 1)
