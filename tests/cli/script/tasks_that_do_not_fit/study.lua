-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = lab.model {
    encoder = lab.encoder "bert" {},
    tasks = {
      entity = lab.task {
        view = "second",
        head = lab.head "span" {},
        loss = { identify = lab.loss "bce" {} },
        sampler = lab.sampler "uniform" {},
        labeler = lab.labeler "hard" {},
      },
      relation = lab.task {
        spans = "entities",
        head = lab.head "pair" {},
        loss = lab.loss "bce" {},
        sampler = lab.sampler "uniform" {},
      },
      train = lab.task {},
    },
  },
}
