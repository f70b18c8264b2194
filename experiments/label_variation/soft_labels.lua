-- SPDX-License-Identifier: MIT
-- Soft labels by agreement beside the hard ones: both directions of the divergence, and what the released
-- code computes in their place (a softmax over pairs, one logarithm missing). Refuted if inverse KL does not
-- have at least 0.5 more boundary F1 than hard labels; that the slip matters is refuted if its literal form
-- stays within 0.5 of it. The code counts the entity term once more beside soft labels: a row of hard labels
-- does so as well, so that the base model differs from it by the labels of relations alone. These sets have
-- no part to choose on: the comparison is made on the test part, and its winner's score is no result of a
-- system.
local lab = require "spanlab"
local label_variation = require "recipes.label_variation"
local labels = label_variation.labels

return lab.study "label_variation_soft_labels" {
  question = "Do soft labels help two heads, and by which divergence?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = label_variation.model {},
  train = label_variation.train,
  ablate = {
    ["hard labels"] = labels {},
    ["hard labels, entity term counted as with soft"] = labels { entity_again = 0.1 },
    ["KL"] = labels { soft = "kl" },
    ["inverse KL, literal"] = labels { soft = "inverse_kl", reading = "literal" },
    ["KL, literal"] = labels { soft = "kl", reading = "literal" },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = label_variation.quick, small = label_variation.small },
  report = { metrics = { "sci.relation.boundary.f1", "sci.entity.f1" } },
}
