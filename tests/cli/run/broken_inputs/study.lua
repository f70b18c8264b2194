local lab = require "spanlab"

return lab.study "tiny" {
  data = lab.data "mine" { train = "train", test = "test" },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 8, word_size = 8, character_states = 0 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" { negatives = 5 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1, batch = 2, keep = "none" },
  space = lab.grid { ["entity.sampler.negatives"] = { 2, 4 } },
  seeds = { 1, 2 },
  profiles = {
    pieces = { encoder = lab.encoder "bert" { model = "minilm", frozen = true } },
    batch = { ["train.batch"] = 100 },
  },
  report = { metrics = { "entity.f1" } },
}
