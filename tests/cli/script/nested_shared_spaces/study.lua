-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local s = lab.grid { ["train.epochs"] = { 1, 2 } }
for i = 1, 40 do s = lab.union { s, s } end
return lab.study "case" { data = lab.data "sample" {}, model = (require "recipes.spert").model {}, space = s }
