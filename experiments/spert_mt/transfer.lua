-- SPDX-License-Identifier: MIT
-- The best IoU factor of one data set should serve the other as well. Refuted if the factor that is best on one (entity F1) is
-- more than 0.5 below the best on the other. Scored on dev, which ADE does not have: it stays out.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_transfer" {
  question = "Does the best IoU factor of one data set serve another one?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.grid {
    { ["data.name"] = { "conll04", "scierc" } },
    { ["entity.loss.identify.iou_factor"] = spert_mt.iou_factors },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["entity.loss.identify.iou_factor"] = 0 },
    metrics = { "entity.f1", "relation.strict.f1", "relation.boundary.f1", "spans.false_positives.iou_50.rate" },
  },
}
