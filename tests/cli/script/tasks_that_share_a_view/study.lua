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
    encoder = lab.encoder "birnn" {}, tasks = { one = task "sci", two = task "sci", x = task "sem" },
  },
  report = { metrics = { "one.entity.f1", "sem.entity.f1", "union.entity.f1" } },
}
