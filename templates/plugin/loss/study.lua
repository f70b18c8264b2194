-- SPDX-License-Identifier: MIT
-- A small corpus and model, and three values of the parameter.
local lab = require "spanlab"

return lab.study "my_component" {
  question = "How much should the loss weigh what is missing to certainty?",
  data = lab.data "sample" { train = "train", test = "test", limit = 100 },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 64 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "my_component" {} },
        sampler = lab.sampler "uniform" { negatives = 20 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 3, batch = 4, lr = 3e-3 },
  space = lab.grid { ["entity.loss.classify.epsilon"] = { 0, 1, 4 } },
  seeds = { 1, 2 },
  report = { metrics = { "entity.f1" } },
}
