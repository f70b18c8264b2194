-- SPDX-License-Identifier: MIT
-- The overlap of a negative span with an entity can be counted in words, or in word pieces, where rare words
-- weigh more; the authors do not say which. That the unit matters is refuted if entity F1 and span recall in
-- pieces are within 0.5 of those in words, and the rate of false positives with an IoU from 0.5 within a
-- tenth of its value. Scored on dev, for this chooses a reading. Over an encoder that reads whole words, as
-- in the quick profile, both are the same.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_iou_unit" {
  question = "Does it matter whether the overlap of negative spans is counted in words or in word pieces?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.grid { ["entity.loss.identify.iou_unit"] = { "words", "pieces" } },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["entity.loss.identify.iou_unit"] = "words" },
    metrics = {
      "entity.f1",
      "relation.strict.f1",
      "spans.recall",
      "spans.precision",
      "spans.false_positives.iou_50.rate",
    },
  },
}
