-- SPDX-License-Identifier: MIT
-- Label variation (Pham et al., 2023, arXiv 2312.15751): two complete SpERT heads over one encoder, each
-- trained on its own annotation of the same sentences, with soft labels by agreement beside the hard ones.
-- `alpha` is the share of SciERC's view (`sci`) in the hard losses. The released sets keep RESULT in
-- SemEval's direction, the reverse of SciERC's (the built ones flip it). Of the sets with full types, their
-- one inventory of eight relation types became one for each view, so that no head is taught types that its
-- view never annotates; those with reduced types have one inventory for both. MiniLM stands in for their
-- SciBERT.
local lab = require "spanlab"
local spert = require "recipes.spert"

local label_variation = {}

-- How the losses of two heads are summed. Their text was not at hand, so the defaults are those of their
-- released code.
local function options_with(soft)
  return {
    alpha = 0.8,        -- share of SciERC's view; the code has 0.8 with soft labels, and 0.8 or 0.5 without
    soft = soft,        -- divergence from the soft labels, or false for hard labels alone
    -- Weight of the soft part beside the hard one: the code's one value, which alpha does not divide.
    soft_weight = 0.1,
    -- Weight of the entity term counted once more; false: as in the code, soft_weight beside soft labels and
    -- none without.
    entity_again = false,
  }
end

-- What a view's two tasks take in the sum of the losses, `share` for the hard part. Soft labels come beside
-- the hard ones for relations. The task of the relations has weight 1 there, for its loss weighs both parts.
local function parts(share, chosen)
  local again = chosen.entity_again or chosen.soft and chosen.soft_weight or 0
  if not chosen.soft then
    return {
      entity = share + again, relation = share, loss = lab.loss "bce" {}, labeler = lab.labeler "hard" {},
    }
  end
  return {
    entity = share + again,
    relation = 1,
    loss = lab.loss(chosen.soft) {
      reading = chosen.reading, hard = "bce", hard_weight = share, weight = chosen.soft_weight,
    },
    labeler = lab.labeler "agreement" {},
  }
end

local only_hard = options_with(false)

-- The entity head, and one that says nothing: no probability exceeds 1, while a softmax has no threshold, and
-- without training would take spans for entities at random.
local speaking = { head = lab.head "span" {}, loss = { classify = lab.loss "cross_entropy" {} } }
local silent = {
  head = lab.head "span" { outputs = { "identify", "classify" }, threshold = 1 },
  loss = { identify = lab.loss "bce" {}, classify = lab.loss "bce" {} },
}

-- The two tasks of one view's head, added to `tasks`.
local function add_head(tasks, prefix, view, part)
  tasks[prefix .. "entity"] = lab.task {
    view = view,
    weight = part.entity,
    head = speaking.head,
    loss = speaking.loss,
    sampler = lab.sampler "uniform" { negatives = 100 },
    labeler = lab.labeler "hard" {},
  }
  tasks[prefix .. "relation"] = lab.task {
    view = view,
    weight = part.relation,
    spans = prefix .. "entity",
    head = lab.head "pair" {},
    loss = { classify = part.loss },
    sampler = lab.sampler "uniform" { negatives = 100, merge_types = true },
    labeler = part.labeler,
  }
end

-- The same parts as changes of a model that has both heads.
local function change(changes, view, part)
  changes[view .. "_entity.weight"] = part.entity
  changes[view .. "_relation.weight"] = part.relation
  changes[view .. "_relation.loss.classify"] = part.loss
  changes[view .. "_relation.labeler"] = part.labeler
end

-- Both heads, with soft labels by default.
function label_variation.model(options)
  local known = options_with "inverse_kl"
  known.encoder = lab.encoder "bert" {}
  local chosen = lab.options(options, known)
  local tasks = {}
  add_head(tasks, "sci_", "sci", parts(chosen.alpha, chosen))
  add_head(tasks, "sem_", "sem", parts(1 - chosen.alpha, chosen))
  return lab.model { encoder = chosen.encoder, tasks = tasks }
end

-- One head, of one view.
function label_variation.one_head(options)
  local chosen = lab.options(options, { encoder = lab.encoder "bert" {}, view = "sci" })
  local tasks = {}
  add_head(tasks, "", chosen.view, parts(1, only_hard))
  return lab.model { encoder = chosen.encoder, tasks = tasks }
end

-- Changes of the model of both heads, for `ablate`: other labels, by default hard ones, or another sum …
function label_variation.labels(options)
  local known = options_with(false)
  known.reading = "types"  -- of the divergence; see loss/kl
  local chosen = lab.options(options, known)
  local changes = {}
  change(changes, "sci", parts(chosen.alpha, chosen))
  change(changes, "sem", parts(1 - chosen.alpha, chosen))
  return changes
end

-- … or the one head of `view`: the other one learns nothing and says nothing, and has no relations where it
-- has no entities.
function label_variation.alone(view)
  local other = view == "sci" and "sem" or "sci"
  local changes = { [other .. "_entity.head"] = silent.head, [other .. "_entity.loss"] = silent.loss }
  change(changes, view, parts(1, only_hard))
  change(changes, other, parts(0, only_hard))
  return changes
end

-- A path of both views' tasks that takes the same values in each.
function label_variation.both(path, values)
  return lab.zip { ["sci_" .. path] = values, ["sem_" .. path] = values }
end

label_variation.train =
  {
    epochs = 20, batch = 10, lr = 5e-5, warmup = 0.1, weight_decay = 0.01, clip = 1.0,
    optimizer = "bert_adamw",
  }

-- A small recurrent encoder on few sentences, to see that a study runs.
label_variation.quick = {
  seeds = { 1 },
  encoder = lab.encoder "birnn" { word_size = 32, character_size = 8, character_states = 8, size = 32 },
  ["data.limit"] = 60,
  ["train.epochs"] = 2,
  ["train.batch"] = 4,
  ["train.lr"] = 2e-3,
  ["train.keep"] = "none",
}

label_variation.small = spert.small

return label_variation
