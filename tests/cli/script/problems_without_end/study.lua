-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
for i = 1, 5000000 do lab.encoder(42) end
return lab.study "case" {}
