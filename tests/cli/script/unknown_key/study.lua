-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" { trian = "train" },
  model = lab.model {
    encoder = lab.encoder "bert" { forzen = true },
    tasks = {
      entity = lab.task {
        hed = 1,
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" { negtives = 30 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  trian = {},
  train = { epoch = 3 },
}
