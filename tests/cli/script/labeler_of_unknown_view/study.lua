-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local function task(parts)
  return lab.task {
    view = "sci",
    spans = parts.spans,
    head = parts.head,
    loss = { classify = parts.loss },
    sampler = lab.sampler "uniform" {},
    labeler = parts.labeler,
  }
end
return lab.study "case" {
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = lab.model {
    encoder = lab.encoder "birnn" {},
    tasks = {
      entity = task { head = lab.head "span" {}, loss = lab.loss "cross_entropy" {}, labeler = lab.labeler "hard" {} },
      relation = task {
        spans = "entity",
        head = lab.head "pair" {},
        loss = lab.loss "inverse_kl" {},
        labeler = lab.labeler "agreement" { other_view = "semm" },
      },
    },
  },
}
