-- SPDX-License-Identifier: MIT
-- Relations should gain from the entities' logits. Refuted if leaving them out loses less than 0.5 strict
-- relation F1; that the authors' silence about their form matters is refuted if all variants lie within 0.5
-- of each other. Scored on dev.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_entity_logits" {
  question = "What do the entities' logits give to relations, and in which form?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  ablate = {
    ["no entity logits"] = spert_mt.without["no entity logits"],
    ["softmax"] = { ["relation.head.logits"] = "softmax" },
    ["with identification"] = { ["relation.head.with_identification"] = true },
    ["detached"] = { ["relation.head.detached"] = true },
    ["softmax, detached"] = { ["relation.head.logits"] = "softmax", ["relation.head.detached"] = true },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = { metrics = { "relation.strict.f1", "relation.boundary.f1", "entity.f1" } },
}
