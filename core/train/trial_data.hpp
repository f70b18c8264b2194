// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "data/dataset.hpp"
#include "settings/data_settings.hpp"
#include "train/evaluation.hpp"

namespace spanlab::host {

/// A split expression's sentences, and how the model reads them.
struct Split {
  std::string name;
  Corpus corpus;
  std::vector<EncodedSentence> encoded = {};

  EvaluationSet set() const { return {name, corpus.sentences, encoded}; }
};

/// What `data` of a configuration means.
struct TrialData {
  Split train;
  std::optional<Split> dev;
  std::optional<Split> test;
  Overlap overlap = Overlap::allowed;

  /// Those that there are, train first.
  std::vector<Split*> splits();
};

/// Reads it all, with its noise. Throws as read_part, and Error(usage) where there is nothing to train on.
TrialData read_trial_data(const DataSettings& data, const CardIndex& cards);

/// Full batches in an epoch. Throws Error(usage) if there is none.
std::int64_t steps_per_epoch(std::size_t sentences, std::int64_t batch);

}  // namespace spanlab::host
