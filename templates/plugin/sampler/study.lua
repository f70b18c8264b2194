-- SPDX-License-Identifier: MIT
-- A small corpus and model, and three values of the parameter.
local lab = require "spanlab"

return lab.study "my_component" {
  question = "How many of the negative spans should overlap an entity?",
  data = lab.data "sample" { train = "train", test = "test", limit = 100 },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 64 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "my_component" {},
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 3, batch = 4, lr = 3e-3 },
  space = lab.grid { ["entity.sampler.share"] = { 0, 0.5, 1 } },
  seeds = { 1, 2 },
  report = { metrics = { "entity.f1" } },
}
