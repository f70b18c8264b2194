-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model { encoder = lab.encoder "bert" { frozen = true } },
  train = { epochs = 1 },
  space = lab.grid { ["train.adversarial_norm"] = { 0, 0.5 } },
}
