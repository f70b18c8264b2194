-- SPDX-License-Identifier: MIT
-- SpERT as published (Eberts & Ulges, 2020, arXiv 1909.07755): spans classified by cross-entropy, ordered
-- pairs of them by one binary cross-entropy per relation type, negatives drawn anew in every epoch. MiniLM
-- stands in for their BERT and SciBERT.
local lab = require "spanlab"

local spert = {}

-- The model. `negatives` are the negative spans per sentence; `depth` recurrent layers of each task's own
-- stand under its head (0 as published).
function spert.model(options)
  local chosen = lab.options(options, { encoder = lab.encoder "bert" {}, negatives = 100, depth = 0 })
  return lab.model {
    encoder = chosen.encoder,
    tasks = {
      entity = lab.task {
        depth = chosen.depth,
        head = lab.head "span" {},
        loss = { classify = lab.loss "cross_entropy" {} },
        sampler = lab.sampler "uniform" { negatives = chosen.negatives },
        labeler = lab.labeler "hard" {},
      },
      relation = lab.task {
        spans = "entity",
        depth = chosen.depth,
        head = lab.head "pair" {},
        loss = { classify = lab.loss "bce" {} },
        sampler = lab.sampler "uniform" { negatives = 100 },
        labeler = lab.labeler "hard" {},
      },
    },
  }
end

-- Training as published; a study changes single values by `--set` or its own table.
spert.train = {
  epochs = 20, batch = 2, lr = 5e-5, warmup = 0.1, weight_decay = 0.01, clip = 1.0, optimizer = "bert_adamw",
}

-- What two cores carry in an hour at a published number of epochs: a small recurrent layer over frozen
-- features of MiniLM. Its rate is that of the quick start, chosen on no data of these studies.
spert.small = {
  seeds = { 1, 2, 3 },
  encoder = lab.encoder "birnn" { model = "minilm", size = 128 },
  ["train.batch"] = 8,
  ["train.lr"] = 1e-3,
}

return spert
