-- SPDX-License-Identifier: MIT
-- With identification apart, a softmax over relation types needs no mass for "none", which is what soft
-- labels by agreement lack under SpERT's sigmoids. Refuted if soft labels for classification do not exceed
-- hard ones by 0.5 boundary relation F1 in SciERC's view. The two views have equal weight. These sets have no
-- part to choose on: all labels are compared on the test part, and none of them may be called the best there
-- and its score reported.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

-- `identify` is trained towards the largest of a pair's soft labels, `classify` by the loss given; `ranking`
-- reads hard labels.
local function soft(labeler, loss)
  local changes = { ["relation.labeler"] = lab.labeler(labeler) {} }
  if loss then changes["relation.loss.classify"] = lab.loss(loss) { unlabelled = "left_out" } end
  return spert_mt.both(changes)
end

return lab.study "crossings_soft_labels" {
  question = "Do soft labels by agreement help where identification and classification are apart?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = spert_mt.two_views { merge_types = true },
  train = spert_mt.train,
  ablate = {
    ["soft identification"] = soft("agreement"),
    ["soft, KL"] = soft("agreement", "kl"),
    ["soft, inverse KL"] = soft("agreement", "inverse_kl"),
    ["smoothing, inverse KL"] = soft("smoothing", "inverse_kl"),
    ["mixture, inverse KL"] = soft("mixture", "inverse_kl"),
  },
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = { metrics = { "sci.entity.f1", "sci.relation.boundary.f1" } },
}
