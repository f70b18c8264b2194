-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local function task(view)
  return lab.task {
    view = view, head = lab.head "span" {}, loss = { classify = lab.loss "cross_entropy" {} },
    sampler = lab.sampler "uniform" {}, labeler = lab.labeler "hard" {},
  }
end
return lab.study "case" {
  data = lab.data "label_variation" {},
  model = lab.model {
    encoder = lab.encoder "birnn" {}, tasks = { sem = task "sci", other = task "sci", x = task "sem" },
  },
}
