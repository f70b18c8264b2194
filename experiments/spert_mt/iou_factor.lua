-- SPDX-License-Identifier: MIT
-- Negatives that overlap an entity should cost more: with some factor, fewer of them should be taken for
-- entities. Refuted if no factor above 0 lowers the rate of false positives with an IoU from 0.5 by a tenth
-- of its value at 0, or if those that do lose more than 0.5 entity F1. Scored on dev, since a factor is
-- chosen here. Whether overlap is counted in words or pieces is asked in iou_unit.lua: over words, as in the
-- profile `small`, there is no difference.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_iou_factor" {
  question = "Which IoU factor rejects hard negatives best, and what does it cost in recall?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.grid { ["entity.loss.identify.iou_factor"] = spert_mt.iou_factors },
  ablate = {  -- the other readings of the formula; with a factor of 1, `power` would be `linear`
    ["power, 2"] = { ["entity.loss.identify"] = lab.loss "bce" { iou_factor = 2, iou_form = "power" } },
    ["exponential, 1"] = {
      ["entity.loss.identify"] = lab.loss "bce" { iou_factor = 1, iou_form = "exponential" },
    },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick, small = spert_mt.small },
  report = {
    baseline = { ["entity.loss.identify.iou_factor"] = 0 },
    metrics = {
      "entity.f1", "relation.strict.f1", "spans.recall", "spans.precision",
      "spans.false_positives.iou_50.rate", "spans.false_positives.iou_75.rate",
    },
  },
}
