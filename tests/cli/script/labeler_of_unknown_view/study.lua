-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local function task(parts)
  parts.view = "sci"
  parts.sampler = lab.sampler "uniform" {}
  return lab.task(parts)
end
return lab.study "case" {
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = lab.model {
    encoder = lab.encoder "birnn" {},
    tasks = {
      entity = task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        labeler = lab.labeler "hard" {},
      },
      relation = task {
        spans = "entity",
        head = lab.head "pair" {},
        loss = { classify = lab.loss "inverse_kl" {} },
        labeler = lab.labeler "agreement" { other_view = "semm" },
      },
    },
  },
}
