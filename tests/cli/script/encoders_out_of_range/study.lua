-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.grid {
    ["encoder"] = {
      lab.encoder "birnn" { word_size = 0 },
      lab.encoder "birnn" { vectors = 300 },
      lab.encoder "birnn" { vectors = "glove.txt" },
      lab.encoder "birnn" { train_vectors = "no" },
      lab.encoder "birnn" { model = "minlm" },
      lab.encoder "birnn" { model = "minilm", context = "bret" },
      lab.encoder "birnn" { model = "minilm", context = "birnn" },
      lab.encoder "birnn" { mostly_digits = "half" },
      lab.encoder "birnn" { lower = 1 },
      lab.encoder "birnn" { least = 0 },
      lab.encoder "birnn" { character_size = 0 },
      lab.encoder "birnn" { character_states = -1 },
      lab.encoder "birnn" { cell = "rnn" },
      lab.encoder "birnn" { layers = 9 },
      lab.encoder "birnn" { size = 0 },
      lab.encoder "birnn" { dropout = 0.95 },
      lab.encoder "birnn" { layer = 2 },
      lab.encoder "bert" { dropout = 1 },
      lab.encoder "bert" { casing = "upper" },
    },
  },
}
