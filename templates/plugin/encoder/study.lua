-- SPDX-License-Identifier: MIT
-- A small corpus and model, and three values of the parameter.
local lab = require "spanlab"

return lab.study "my_component" {
  question = "How long should the vectors of words be?",
  data = lab.data "sample" { train = "train", test = "test", limit = 100 },
  model = lab.model {
    encoder = lab.encoder "my_component" {},
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" { negatives = 20 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 3, batch = 4, lr = 3e-3 },
  space = lab.grid { ["encoder.size"] = { 8, 64, 256 } },
  seeds = { 1, 2 },
  report = { metrics = { "entity.f1" } },
}
