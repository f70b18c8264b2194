local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "s" {
  data = lab.data "sample" { train = "train", test = "test", train_limit = 8 },
  model = spert.model {
    encoder = lab.encoder "birnn" { word_size = 4, size = 4, character_size = 2, character_states = 2 },
  },
  train = { epochs = 1, batch = 4 },
}
