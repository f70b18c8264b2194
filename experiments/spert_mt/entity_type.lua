-- SPDX-License-Identifier: MIT
-- If logits help because they tell the entities' types, an embedding of the type does as well. Refuted if the
-- embedding alone stays more than 0.5 strict relation F1 below the logits, or if both together exceed the
-- better of them by more than 0.5. Scored on dev.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_entity_type" {
  question = "Do entities' logits tell relations more than an embedding of the entities' types?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.grid {
    ["relation.head.inputs"] = {
      {}, { "entity_logits" }, { "entity_type" }, { "entity_logits", "entity_type" },
    },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["relation.head.inputs"] = { "entity_logits" } },
    metrics = { "relation.strict.f1", "relation.boundary.f1", "entity.f1" },
  },
}
