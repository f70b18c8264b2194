-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  train = {
    lr = -0.1,
    schedule = "cosine",
    weight_decay = -1,
    clip = -1,
    optimizer = "torch_adam",
    adversarial_norm = -0.5,
    adversarial_steps = 0,
    keep = "best",
    precision = "fp16",
    batch = 0,
  },
}
