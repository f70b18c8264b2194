-- SPDX-License-Identifier: MIT
-- Does it help to add a linear term to cross entropy? The loss and the sampler come from the plugin of this
-- folder.
local lab = require "spanlab"

return lab.study "poly" {
  question = "Does the poly loss help to find entities?",
  data = lab.data "sample" { train = "train", test = "test", limit = 60 },
  model = lab.model {
    encoder = lab.encoder "birnn" {},
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "poly" {} },
        sampler = lab.sampler "near_miss" { negatives = 20 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1, batch = 4, lr = 1e-3 },
  space = lab.grid { ["entity.loss.classify.epsilon"] = { 0, 1 } },
  seeds = { 1 },
  report = { metrics = { "entity.f1" } },
}
