-- SPDX-License-Identifier: MIT
-- With identification apart, must the ranking loss see negatives at all? Its ancestors give them the second
-- term, which presses down the strongest type's score; its authors are silent. That the reading matters is
-- refuted if leaving negatives out of both rankings changes strict relation F1 by less than 1 on each data
-- set. Scored on dev, for this chooses a reading.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

local alone = { negatives = "none" }

return lab.study "spert_mt_ranking" {
  question = "Should SpERT.MT's ranking losses see negatives, or rank the types of entities and " ..
    "relations alone?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.product {
    lab.grid { ["data.name"] = { "conll04", "scierc" } },
    lab.variants "system" {
      { ["SpERT"] = spert_mt.to_spert { own_negatives = true } },
      { ["SpERT.MT"] = {} },
      { ["entities without negatives"] = { ["entity.loss.classify"] = lab.loss "ranking" (alone) } },
      {
        ["both without negatives"] = {
          ["entity.loss.classify"] = lab.loss "ranking" (alone),
          ["relation.loss.classify"] = lab.loss "ranking" (alone),
        },
      },
    },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick, small = spert_mt.small },
  report = {
    baseline = { system = "SpERT.MT" },
    metrics = {
      "entity.f1", "relation.strict.f1", "relation.boundary.f1", "spans.recall", "spans.precision",
    },
  },
}
