local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "old" {
  question = "Is a store of an earlier version still read?",
  data = lab.data "sample" { train = "train", dev = "dev", test = "test" },
  model = spert.model {
    encoder = lab.encoder "birnn" {
      layers = 1, size = 8, word_size = 8, character_size = 4, character_states = 4,
    },
  },
  train = { epochs = 2, batch = 4, lr = 1e-2, keep = "none" },
  space = lab.grid { ["entity.sampler.negatives"] = { 5, 50 } },
  seeds = { 1, 2 },
  report = { baseline = { ["entity.sampler.negatives"] = 50 }, metrics = { "entity.f1" } },
}
