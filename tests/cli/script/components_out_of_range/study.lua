-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.union {
    lab.grid { ["relation.head.with_identification"] = { "yes" } },
    lab.grid {
      ["relation.loss.classify"] = {
        lab.loss "focal" { form = "tanh" },
        lab.loss "kl" { unlabelled = "dropped" },
        lab.loss "kl" { hard_weight = -1 },
        lab.loss "inverse_kl" { unlabelled = true },
        lab.loss "inverse_kl" { hard_weight = "alpha" },
        lab.loss "ranking" { m_neg = 101 },
      },
    },
    lab.grid {
      ["relation.sampler"] = {
        lab.sampler "uniform" { merge_types = "no" },
        lab.sampler "uniform" { reverse_of_symmetric = 1 },
      },
    },
    lab.grid {
      ["relation.labeler"] = {
        lab.labeler "agreement" { medium = 1.8 },
        lab.labeler "agreement" { low = -0.6 },
        lab.labeler "agreement" { conflict = "half" },
      },
    },
  },
}
