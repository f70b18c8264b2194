-- SPDX-License-Identifier: MIT
-- Trained on SciERC's sentences, tested on blocks of SciREX's papers, whose labels nobody has seen in
-- training. Refuted if two heads with soft labels do not have at least 0.5 more F1 there than one head, on
-- entities or on relations. The encoder is recurrent, with a rate of its own, because one of the blocks has
-- more word pieces than MiniLM has positions.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"

return lab.study "label_variation_scirex" {
  question = "Does a second view in training help on another data set?",
  data = lab.data "label_variation" { train = "train", test = "scirex" },
  model = label_variation.model { encoder = lab.encoder "birnn" {} },
  train = { epochs = 20, batch = 10, lr = 1e-3 },
  ablate = {
    ["one head"] = label_variation.alone "sci",
    ["two heads, hard labels"] = label_variation.labels {},
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick },
  report = { metrics = { "sci.entity.f1", "sci.relation.boundary.f1" } },
}
