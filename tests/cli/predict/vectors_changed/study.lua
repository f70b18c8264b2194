-- SPDX-License-Identifier: MIT
local lab = require "spanlab"

return lab.study "tiny" {
  data = lab.data "sample" { train = "train", test = "test", limit = 12 },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 8, character_states = 0, vectors = "vectors.txt" },
    tasks = {
      entity = lab.task {
        size = 8,
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" { negatives = 5 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1, batch = 4, keep = "last" },
  seeds = { 1 },
  report = { metrics = { "entity.f1" } },
}
