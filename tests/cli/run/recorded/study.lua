local lab = require "spanlab"

return lab.study "told" {
  question = "Do more negatives help?",
  data = lab.data "sample" { train = "train", test = "test", limit = 24 },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 8, word_size = 8, character_states = 0 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "twice" {} },
        sampler = lab.sampler "curriculum" {},
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 2, batch = 4, keep = "none" },
  space = lab.grid { { ["train.lr"] = { 5e-5, 1e-3 } } },
  seeds = { 1 },
  report = { metrics = { "entity.f1", "log.entity.sampler.negatives" } },
}
