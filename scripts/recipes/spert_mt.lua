-- SPDX-License-Identifier: MIT
-- SpERT.MT (Xue & Lu, 2023, arXiv 2309.09713): SpERT whose tasks each identify (binary cross-entropy) and
-- classify (ranking loss), whose negative spans cost more the more they overlap an entity, and whose
-- relations see the entities' logits. What the authors leave open is a parameter of the components with a
-- default of its own. MiniLM stands in for their BERT, SciBERT and BioBERT.
local lab = require "spanlab"
local spert = require "recipes.spert"

local spert_mt = {}

local outputs, negatives = { "identify", "classify" }, 120

local function entity_losses(iou_factor)
  return { identify = lab.loss "bce" { iou_factor = iou_factor }, classify = lab.loss "ranking" {} }
end

local function relation_losses() return { identify = lab.loss "bce" {}, classify = lab.loss "ranking" {} } end

local function relation_head() return lab.head "pair" { outputs = outputs, inputs = { "entity_logits" } } end

-- The two tasks of one view, added to `tasks`.
local function add_tasks(tasks, prefix, view, chosen)
  tasks[prefix .. "entity"] = lab.task {
    view = view,
    depth = chosen.depth,
    head = lab.head "span" { outputs = outputs },
    loss = entity_losses(chosen.iou_factor),
    sampler = lab.sampler "uniform" { negatives = chosen.negatives },
    labeler = lab.labeler "hard" {},
  }
  tasks[prefix .. "relation"] = lab.task {
    view = view,
    spans = prefix .. "entity",
    depth = chosen.depth,
    head = relation_head(),
    loss = chosen.relation_loss or relation_losses(),
    sampler = lab.sampler "uniform" {
      negatives = negatives, pairs = chosen.pairs, merge_types = chosen.merge_types,
    },
    labeler = chosen.labeler,
  }
end

local defaults = {
  encoder = lab.encoder "bert" {},
  iou_factor = 1,                   -- where the authors start is not known; see loss/bce
  negatives = negatives,            -- negative spans per sentence
  depth = 0,                        -- recurrent layers of each task's own under its head
  pairs = "strong",                 -- which pairs are negatives; see sampler/uniform
  merge_types = false,              -- one candidate for all types of a pair
  labeler = lab.labeler "hard" {},  -- of the relations
  relation_loss = false,            -- instead of SpERT.MT's, one for each output
}

-- The model over one view …
function spert_mt.model(options)
  local chosen = lab.options(options, defaults)
  local tasks = {}
  add_tasks(tasks, "", "default", chosen)
  return lab.model { encoder = chosen.encoder, tasks = tasks }
end

-- … and over the two views of the label-variation sets, each with its own heads and equal weight.
function spert_mt.two_views(options)
  local chosen = lab.options(options, defaults)
  local tasks = {}
  add_tasks(tasks, "sci_", "sci", chosen)
  add_tasks(tasks, "sem_", "sem", chosen)
  return lab.model { encoder = chosen.encoder, tasks = tasks }
end

-- Changes of the tasks `entity` and `relation` as changes of both views' tasks.
function spert_mt.both(changes)
  local doubled = {}
  for path, value in pairs(changes) do
    doubled["sci_" .. path], doubled["sem_" .. path] = value, value
  end
  return doubled
end

-- SpERT as changes of SpERT.MT, with `own_negatives` drawing as many as its authors say, and the other way
-- round.
function spert_mt.to_spert(options)
  local chosen = lab.options(options, { own_negatives = false })
  local changes = {
    ["entity.head"] = lab.head "span" {},
    ["entity.loss"] = { classify = lab.loss "cross_entropy" {} },
    ["relation.head"] = lab.head "pair" {},
    ["relation.loss"] = { classify = lab.loss "bce" {} },
  }
  if chosen.own_negatives then
    changes["entity.sampler.negatives"], changes["relation.sampler.negatives"] = 100, 100
  end
  return changes
end

function spert_mt.from_spert(options)
  local chosen = lab.options(options, { iou_factor = defaults.iou_factor })
  return {
    ["entity.head"] = lab.head "span" { outputs = outputs },
    ["entity.loss"] = entity_losses(chosen.iou_factor),
    ["relation.head"] = relation_head(),
    ["relation.loss"] = relation_losses(),
  }
end

-- The two systems side by side, a space over SpERT.MT's model; its baseline is `system = "SpERT"`.
function spert_mt.systems(options)
  return lab.variants "system" { { ["SpERT"] = spert_mt.to_spert(options) }, { ["SpERT.MT"] = {} } }
end

-- SpERT.MT without one of its parts. Without identification the ranking loss stays, and rejects by its own
-- rule: none, where no type's score exceeds 0. Without that of entities there is no loss whose negatives
-- could be scaled: its row is to be read beside the one without scaling.
spert_mt.without = {
  ["no IoU scaling"] = { ["entity.loss.identify.iou_factor"] = 0 },
  ["no entity logits"] = { ["relation.head.inputs"] = {} },
  ["no entity identification, no IoU scaling"] = {
    ["entity.head.outputs"] = { "classify" },
    ["entity.head.none_score"] = 0,
    ["entity.loss"] = { classify = lab.loss "ranking" {} },
  },
  ["no relation identification"] = {
    ["relation.head.outputs"] = { "classify" },
    ["relation.head.none_score"] = 0,
    ["relation.loss"] = { classify = lab.loss "ranking" {} },
  },
  ["no ranking"] = {
    ["entity.loss.classify"] = lab.loss "bce" {},
    ["relation.loss.classify"] = lab.loss "bce" {},
  },
}

-- Factors that studies try, so that they share their trials.
spert_mt.iou_factors = { 0, 0.1, 0.2, 0.5, 1, 2, 5, 10 }

spert_mt.train = spert.train

-- A small recurrent encoder on few sentences, to see that a study runs.
spert_mt.quick = {
  seeds = { 1 },
  encoder = lab.encoder "birnn" { word_size = 32, character_size = 8, character_states = 8, size = 32 },
  ["data.limit"] = 40,
  ["train.epochs"] = 1,
  ["train.batch"] = 4,
  ["train.lr"] = 2e-3,
  ["train.keep"] = "none",
}

spert_mt.small = spert.small

return spert_mt
