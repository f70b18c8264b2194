-- SPDX-License-Identifier: MIT
-- SpERT's scores flatten at about 20 negative spans per sentence; SpERT.MT is said to be best with 100 to 120
-- and to be flat or to fall beyond. Refuted if SpERT.MT's strict relation F1 rises by more than 0.5 beyond
-- 120, or if it gains no more than SpERT does (within 0.5) from 20 to 120. Scored on dev, since a number is
-- chosen here.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_negatives" {
  question = "How many negative spans do SpERT and SpERT.MT need?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.product {
    spert_mt.systems {},
    lab.grid { ["entity.sampler.negatives"] = { 20, 40, 80, 120, 160, 200, 240 } },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["entity.sampler.negatives"] = 120 },
    metrics = {
      "entity.f1",
      "relation.strict.f1",
      "spans.precision",
      "spans.recall",
      "spans.false_positives.iou_50.rate",
    },
  },
}
