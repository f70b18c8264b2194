-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
return lab.study "beside" {
  data = lab.data "mine" { train = "train", test = "train" },
  model = lab.model {
    encoder = lab.encoder "birnn" {},
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" {},
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1 },
}
