-- SPDX-License-Identifier: MIT
-- Label variation (Pham et al., 2023): two complete SpERT heads over one encoder, each trained on its own annotation of the
-- same sentences, with soft labels by agreement beside the hard ones. `alpha` is the share of SciERC's view (`sci`) in the
-- hard losses. The released sets keep RESULT in SemEval's direction, the reverse of SciERC's (the built ones flip it). The
-- paper's one inventory of eight relation types became one for each view, so that no head is taught types that its view never
-- annotates. MiniLM stands in for the paper's SciBERT.
local lab = require "spanlab"
local spert = require "recipes.spert"

local label_variation = {}

local alpha, soft_weight = 0.8, 0.1

-- What a view's two tasks take in the sum of the losses. Soft labels come beside the hard ones for relations, by the
-- divergence `soft`; the entity term is then counted once more, with the weight of the soft part, as the paper's code does.
-- The task of the relations has weight 1 there, for its loss weighs both parts.
local function parts(share, soft, options)
  if not soft then return { entity = share, relation = share, loss = lab.loss "bce" {}, labeler = lab.labeler "hard" {} } end
  return {
    entity = share + soft_weight,
    relation = 1,
    loss = lab.loss(soft) { reading = options.reading, hard = "bce", hard_weight = share, weight = soft_weight },
    labeler = lab.labeler "agreement" {},
  }
end

-- The entity head, and one that says nothing: no probability exceeds 1, while a softmax has no threshold, and without training
-- would take spans for entities at random.
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

-- Both heads. `soft` is the divergence from the soft labels, false for hard labels alone.
function label_variation.model(options)
  local chosen = lab.options(options, { encoder = lab.encoder "bert" {}, alpha = alpha, soft = "inverse_kl" })
  local tasks = {}
  add_head(tasks, "sci_", "sci", parts(chosen.alpha, chosen.soft, {}))
  add_head(tasks, "sem_", "sem", parts(1 - chosen.alpha, chosen.soft, {}))
  return lab.model { encoder = chosen.encoder, tasks = tasks }
end

-- One head, of one view.
function label_variation.one_head(options)
  local chosen = lab.options(options, { encoder = lab.encoder "bert" {}, view = "sci" })
  local tasks = {}
  add_head(tasks, "", chosen.view, parts(1, false, {}))
  return lab.model { encoder = chosen.encoder, tasks = tasks }
end

-- Changes of the model of both heads, for `ablate`: other labels or another share …
function label_variation.labels(options)
  local chosen = lab.options(options, { alpha = alpha, soft = false, reading = "types" })
  local changes = {}
  change(changes, "sci", parts(chosen.alpha, chosen.soft, chosen))
  change(changes, "sem", parts(1 - chosen.alpha, chosen.soft, chosen))
  return changes
end

-- … or the one head of `view`: the other one learns nothing and says nothing, and has no relations where it has no entities.
function label_variation.alone(view)
  local other = view == "sci" and "sem" or "sci"
  local changes = { [other .. "_entity.head"] = silent.head, [other .. "_entity.loss"] = silent.loss }
  change(changes, view, parts(1, false, {}))
  change(changes, other, parts(0, false, {}))
  return changes
end

-- A path of both views' tasks that takes the same values in each.
function label_variation.both(path, values) return lab.zip { ["sci_" .. path] = values, ["sem_" .. path] = values } end

label_variation.train =
  { epochs = 20, batch = 10, lr = 5e-5, warmup = 0.1, weight_decay = 0.01, clip = 1.0, optimizer = "bert_adamw" }

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
