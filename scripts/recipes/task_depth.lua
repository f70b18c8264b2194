-- SPDX-License-Identifier: MIT
-- Deeper task-specificity (Crone, 2020, arXiv 2002.06424): shared recurrent layers over words, then layers of
-- each task's own; a CRF tags entities, and their last words are scored in pairs. The layer counts are those
-- of CoNLL04; the ones of ADE are not known.
local lab = require "spanlab"

local task_depth = {}

-- The encoder. Crone's ELMo and GloVe are not at hand: frozen features of MiniLM stand in for the one,
-- vectors trained from scratch for the other (`vectors` names a file of GloVe's where there is one, which
-- `train_vectors = false` keeps as it is).
task_depth.encoder = lab.encoder "birnn" { model = "minilm" }

-- The model: `shared` layers for both tasks, `entity` and `relation` layers of each one's own.
function task_depth.model(options)
  local chosen = lab.options(options, { encoder = task_depth.encoder, entity = 1, relation = 2 })
  return lab.model {
    encoder = chosen.encoder,
    tasks = {
      entity = lab.task {
        depth = chosen.entity,
        head = lab.head "crf" {},
        loss = { emissions = lab.loss "crf_nll" {} },
        sampler = lab.sampler "all" {},
        labeler = lab.labeler "hard" {},
      },
      relation = lab.task {
        spans = "entity",
        depth = chosen.relation,
        -- The one value known is that of the re-implementation's code; there it weighs a sum over pairs,
        -- here their mean.
        weight = 5,
        head = lab.head "token_pair" {},
        loss = { classify = lab.loss "bce" {} },
        sampler = lab.sampler "all" {},
        labeler = lab.labeler "hard" {},
      },
    },
  }
end

-- Adam. Its rate and the number of epochs are those of a public re-implementation's code, for Crone's are not
-- known.
task_depth.train = {
  epochs = 10, batch = 2, lr = 0.0005, clip = 1.0,
  optimizer = "torch_adamw", weight_decay = 0, schedule = "constant", warmup = 0,
}

-- Small layers over words alone, on few sentences, to see that a study runs.
function task_depth.quick(sentences)
  return {
    seeds = { 1 },
    encoder = lab.encoder "birnn" { word_size = 32, character_size = 8, character_states = 8, size = 16 },
    ["entity.size"] = 16,
    ["relation.size"] = 16,
    ["data.limit"] = sentences,
    ["train.epochs"] = 2,
    ["train.lr"] = 2e-3,
    ["train.keep"] = "none",
  }
end

return task_depth
