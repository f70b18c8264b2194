local lab = require "spanlab"

-- A bad trial and a good one.
return lab.study "tiny" {
  question = "Does the run survive?",
  data = lab.data "sample" { train = "train", test = "test", limit = 24 },
  model = lab.model {
    encoder = lab.encoder "birnn" { size = 8, word_size = 8, character_states = 0 },
    tasks = {
      entity = lab.task {
        head = lab.head "span" {},
        loss = { classify = lab.loss "contained" {} },
        sampler = lab.sampler "uniform" { negatives = 5 },
        labeler = lab.labeler "hard" {},
      },
    },
  },
  train = { epochs = 1, batch = 4, keep = "none" },
  space = lab.grid { ["entity.loss.classify.work"] = { "none" } },
  profiles = {
    all = {
      space = lab.grid {
        ["entity.loss.classify.work"] = {
          "segv", "abort", "terminate", "exit", "_exit", "kill", "stack", "eat", "throw", "none",
        },
      },
    },
    hang = { space = lab.grid { ["entity.loss.classify.work"] = { "hang", "none" } } },
  },
  seeds = { 1 },
  report = { metrics = { "entity.f1" } },
}
