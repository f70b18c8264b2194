-- SPDX-License-Identifier: MIT
-- The best IoU factor of one data set should serve the others as well. Refuted if the factor that is best on
-- one (entity F1) is more than 0.5 below the best on another. Scored on dev. ADE has none: the test part of
-- its fold 1 takes that place, those of folds 2 to 9 are the training part, and that of fold 0 is not read
-- (the ten hold each sentence once). As headline_ade.lua is scored on all of ADE, a factor found here must
-- not become its own.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_transfer" {
  question = "Does the best IoU factor of one data set serve the others?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.product {
    lab.variants "corpus" {
      { ["CoNLL04"] = {} },
      { ["SciERC"] = { ["data.name"] = "scierc" } },
      {
        ["ADE"] = {
          ["data.name"] = "ade",
          ["data.train"] = "test2+test3+test4+test5+test6+test7+test8+test9",
          ["data.test"] = "test1",
        },
      },
    },
    lab.grid { ["entity.loss.identify.iou_factor"] = spert_mt.iou_factors },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["entity.loss.identify.iou_factor"] = 0 },
    metrics = {
      "entity.f1", "relation.strict.f1", "relation.boundary.f1", "spans.false_positives.iou_50.rate",
    },
  },
}
