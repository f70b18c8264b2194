-- SPDX-License-Identifier: MIT
-- All ideas of the three papers in one model: do they add up? Refuted for an idea without which neither
-- entity nor boundary relation F1 of SciERC's view falls by 0.3 in the mean over seeds; that they add up is
-- refuted if the plain model, without all of them, is as good as the full one (within 0.5). Relations are
-- classified by the divergence from soft labels, in the place of SpERT.MT's ranking loss. These sets have no
-- part to choose on: all rows are compared on the test part, and none of them may be called the best there
-- and its score reported.
local lab = require "spanlab"
local spert_mt = require "recipes.spert_mt"

local soft = { identify = lab.loss "bce" {}, classify = lab.loss "inverse_kl" { unlabelled = "left_out" } }
-- From hard labels the divergence is the cross-entropy over types.
local hard = { ["relation.labeler"] = lab.labeler "hard" {} }
local no_layers = { ["entity.depth"] = 0, ["relation.depth"] = 0 }

-- The second view without weight, and without a prediction: an untrained head would take any span for an
-- entity. Nor does its annotation soften labels.
local one_view = spert_mt.both(hard)
one_view["sem_entity.weight"], one_view["sem_relation.weight"] = 0, 0
one_view["sem_entity.head.threshold"] = 1

local plain = spert_mt.both(spert_mt.to_spert {})
for path, value in pairs(spert_mt.both(no_layers)) do plain[path] = value end
for path, value in pairs(spert_mt.both(hard)) do plain[path] = value end

local ablate = {
  ["hard labels"] = spert_mt.both(hard),
  ["one view, hard labels"] = one_view,
  ["no layers of the tasks' own"] = spert_mt.both(no_layers),
  ["none of them: SpERT, two views"] = plain,
}
for name, changes in pairs(spert_mt.without) do ablate[name] = spert_mt.both(changes) end
ablate["no ranking"] = spert_mt.both { ["entity.loss.classify"] = lab.loss "bce" {} }
-- Without identification binary cross-entropy has to reject pairs, beside the divergence, which never sees
-- one without a relation.
ablate["no relation identification"] = spert_mt.both {
  ["relation.head.outputs"] = { "classify" },
  ["relation.loss"] = { classify = lab.loss "inverse_kl" { unlabelled = "left_out", hard = "bce" } },
}

return lab.study "crossings_leave_one_out" {
  question = "Of all ideas of the three papers together, which can be left out?",
  data = lab.data "label_variation_overlap" { train = "train", test = "test_sci" },
  model = spert_mt.two_views {
    depth = 1, merge_types = true, labeler = lab.labeler "agreement" {}, relation_loss = soft,
  },
  train = spert_mt.train,
  ablate = ablate,
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = { metrics = { "sci.entity.f1", "sci.relation.boundary.f1" } },
}
