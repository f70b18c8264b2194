-- SPDX-License-Identifier: MIT
local lab = require "spanlab"

return lab.study "tiny" {
  data = lab.data "mine" { train = "train", test = "test" },
  model = lab.model {
    encoder = lab.encoder "bert" { model = "mini", dropout = 0 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" { negatives = 5 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1, batch = 4 },
  seeds = { 1, 2 },
  report = { metrics = { "entity.f1" } },
}
