-- SPDX-License-Identifier: MIT
local lab = require "spanlab"
local spert = require "recipes.spert"
return lab.study "case" {
  data = lab.data "sample" {},
  model = spert.model {},
  space = lab.grid {
    ["relation.loss.classify"] = {
      lab.loss "bce" { iou_factor = -1 },
      lab.loss "bce" { iou_form = "square" },
      lab.loss "bce" { iou_unit = "letters" },
      lab.loss "ranking" { gamma = 0 },
      lab.loss "ranking" { m_pos = "high" },
      lab.loss "ranking" { negatives = "some" },
      lab.loss "ranking" { several = "last" },
      lab.loss "focal" { alpha = 1.5 },
      lab.loss "focal" { gama = 2 },
      lab.loss "class_balanced" { beta = 1 },
      lab.loss "class_balanced" { base = "focal" },
      lab.loss "class_balanced" { weights_per = "class" },
      lab.loss "kl" { reading = "released" },
      lab.loss "inverse_kl" { weight = -0.1 },
      lab.loss "inverse_kl" { hard = "focal" },
      lab.loss "focal" { iou_factor = 21 },
      lab.loss "class_balanced" { iou_unit = "letters" },
      lab.loss "ranking" { sum_weight = -1 },
      lab.loss "crf_nll" { partition = "none" },
    },
  },
}
