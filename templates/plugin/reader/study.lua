-- SPDX-License-Identifier: MIT
-- The corpus of this folder: the card my_component_sample.toml lies beside this script, where it is found.
local lab = require "spanlab"

return lab.study "my_component" {
  question = "How many negative spans does a small corpus need?",
  data = lab.data "my_component_sample" { train = "train", test = "test" },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 64 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" {},
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 10, batch = 4, lr = 3e-3 },
  space = lab.grid { ["entity.sampler.negatives"] = { 2, 20 } },
  seeds = { 1, 2 },
  report = { metrics = { "entity.f1" } },
}
