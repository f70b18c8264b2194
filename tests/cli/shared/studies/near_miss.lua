-- SPDX-License-Identifier: MIT
-- Needs a sampler that no plugin which ships has.
local lab = require "spanlab"
return lab.study "case" {
  data = lab.data "sample" {},
  model = lab.model {
    encoder = lab.encoder "birnn" {},
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "near_miss" {},
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1 },
}
