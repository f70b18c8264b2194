local lab = require "spanlab"
local negatives = lab.grid { ["entity.sampler.negatives"] = { 2, 4 } }

return lab.study "tiny" {
  question = "Who is to blame?",
  data = lab.data "sample" { train = "train", test = "test", limit = 24 },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 8, word_size = 8, character_states = 0 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "own_faults" {} },
        sampler = lab.sampler "uniform" { negatives = 5 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1, batch = 4, keep = "none" },
  space = lab.grid { { ["entity.loss.classify.factory"] = { "none", "plugin", "throw", "number" } } },
  seeds = { 1, 2, 3 },
  profiles = {
    environment = { ["entity.loss.classify.factory"] = "environment", space = negatives },
    data = { ["entity.loss.classify.factory"] = "data", space = negatives },
    usage = { ["entity.loss.classify.factory"] = "usage", space = negatives },
    segv = { ["entity.loss.classify.factory"] = "segv", space = negatives },
    exit0 = { ["entity.loss.classify.factory"] = "exit0", space = negatives },
    exit3 = { ["entity.loss.classify.factory"] = "exit3", space = negatives },
    misfit = { ["entity.loss.classify.training"] = "misfit", space = negatives },
    mended = { space = negatives },
  },
  report = { metrics = { "entity.f1" } },
}
