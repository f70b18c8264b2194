-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
local function task()
  return lab.task {
    head = lab.head "span" {}, loss = { classify = lab.loss "cross_entropy" {} },
    sampler = lab.sampler "uniform" {}, labeler = lab.labeler "hard" {},
  }
end
return lab.study "case" {
  data = lab.data "sample" {},
  model = lab.model { encoder = lab.encoder "birnn" {}, tasks = {
    ["a/b"] = task(), ["a.b"] = task(), union = task(), ["..\27[2J"] = task(), ["caf\xe9"] = task(),
    [("t"):rep(300)] = task(), ["a\0b"] = task(),
  } },
  train = { epochs = 1 },
}
