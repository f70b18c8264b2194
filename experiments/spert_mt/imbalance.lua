-- SPDX-License-Identifier: MIT
-- Identification and classification apart should bear more negatives than SpERT's one task. A sentence has
-- but some 250 spans, so the ratio is that of pairs of any two sampled spans to relations. Refuted if
-- SpERT.MT loses as much strict relation F1 from 10 : 1 to 1,000 : 1 or 10,000 : 1 as SpERT does (within
-- 1.0). Scored on dev. Both systems draw 240 spans, twice the paper's 120, for the sake of pairs: even so
-- short sentences run out of them, 110 of the 922 at 1,000 : 1 (922 : 1 over all) and 212 at 10,000 : 1
-- (8,391 : 1); with every span it would be 207.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

return lab.study "spert_mt_imbalance" {
  question = "How do SpERT and SpERT.MT bear up to 10,000 negative pairs for each relation?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert_mt.model { pairs = "weak", negatives = 240 },
  train = spert_mt.train,
  space = lab.product {
    spert_mt.systems {}, lab.grid { ["relation.sampler.ratio"] = { 1, 10, 100, 1000, 10000 } },
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    baseline = { ["relation.sampler.ratio"] = 10 },
    metrics = { "relation.strict.f1", "relation.strict.precision", "relation.strict.recall", "entity.f1" },
  },
}
