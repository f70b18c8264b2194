-- SPDX-License-Identifier: MIT
-- Nobody compared SpERT.MT with the usual remedies for imbalance. Each of them gets SpERT's model and four
-- values of its one parameter, as SpERT.MT gets four IoU factors. That SpERT.MT is needed is refuted if the
-- best value of any remedy comes within 0.5 strict relation F1 of the best factor. Scored on dev, since
-- values are chosen here.
local lab = require "spanlab"
local spert = require "recipes.spert"
local spert_mt = require "recipes.spert_mt"

local ablate = {}
local function try(name, values, change)
  for _, value in ipairs(values) do ablate[#ablate + 1] = { [name .. " " .. value] = change(value) } end
end

try("SpERT.MT, IoU factor", { 0.2, 1, 2, 5 }, function(value)
  return spert_mt.from_spert { iou_factor = value }
end)
try("focal, gamma", { 0.5, 1, 2, 5 }, function(value)
  return {
    ["entity.loss.classify"] = lab.loss "focal" { form = "softmax", gamma = value },
    ["relation.loss.classify"] = lab.loss "focal" { form = "sigmoid", gamma = value },
  }
end)
try("class-balanced loss, beta", { 0.9, 0.99, 0.999, 0.9999 }, function(value)
  return {
    ["entity.loss.classify"] = lab.loss "class_balanced" { base = "cross_entropy", beta = value },
    ["relation.loss.classify"] = lab.loss "class_balanced" { base = "bce", beta = value },
  }
end)
try("class-balanced sampling, power", { 0.25, 0.5, 0.75, 1 }, function(value)
  local sampler = lab.sampler "class_balanced" { power = value }
  return { ["entity.sampler"] = sampler, ["relation.sampler"] = sampler }
end)
try("hard negatives, share", { 0.25, 0.5, 0.75, 1 }, function(value)
  return { ["entity.sampler"] = lab.sampler "hard" { share = value } }
end)
try("adversarial, norm", { 0.1, 0.3, 1, 3 }, function(value)
  return { ["train.adversarial_norm"] = value }
end)

return lab.study "spert_mt_alternatives" {
  question = "Is SpERT.MT better than SpERT with a usual remedy for imbalance, at equal tuning?",
  data = lab.data "conll04" { train = "train", test = "dev" },
  model = spert.model {},
  train = spert.train,
  ablate = ablate,
  seeds = { 1, 2, 3 },
  profiles = { quick = spert_mt.quick },
  report = {
    metrics = {
      "entity.f1", "relation.strict.f1", "relation.strict.macro.f1", "spans.false_positives.iou_50.rate",
    },
  },
}
