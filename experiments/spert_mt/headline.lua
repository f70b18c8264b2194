-- SPDX-License-Identifier: MIT
-- Xue & Lu report 2.14 strict relation F1 more than SpERT on CoNLL04 and 2.88 boundary relation F1 more on
-- SciERC. Refuted where the mean difference over seeds is below half of that (1.1 and 1.4), or its 95 %
-- interval includes 0. ADE stands in headline_ade.lua.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_headline" {
  question = "Does SpERT.MT find more relations than SpERT on CoNLL04 and SciERC?",
  data = lab.data "conll04" { train = "train", test = "test" },
  model = spert_mt.model {},
  train = spert_mt.train,
  space = lab.product {
    lab.grid { ["data.name"] = { "conll04", "scierc" } }, spert_mt.systems { own_negatives = true },
  },
  seeds = { 1, 2, 3, 4, 5 },
  profiles = {
    quick = spert_mt.quick,
    small = spert_mt.small,
    conll04 = { seeds = { 1, 2, 3 }, space = spert_mt.systems { own_negatives = true } },
  },
  report = {
    baseline = { system = "SpERT" },
    metrics = { "entity.f1", "relation.strict.f1", "relation.boundary.f1" },
  },
}
