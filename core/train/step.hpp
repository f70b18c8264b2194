// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <span>
#include <string>

#include "model/samples.hpp"
#include "spanlab/error.hpp"
#include "train/optimizer.hpp"

namespace spanlab::host {

/// The optimiser over everything of the model that is trained. `occurring`: the training sentences as read,
/// which say what rows of the encoder's tables get gradients.
SPANLAB_API Optimizer make_optimizer(const Model& model, std::span<const EncodedSentence> occurring,
                                     const OptimizerSettings& settings);

/// Adversarial training (Miyato et al. 2017, over the encoder's embeddings): beside the loss, that of
/// embeddings moved so far along the gradient that it grows most, each sentence by `norm` in `steps` equal
/// steps; gradients of both add up.
struct Adversary {
  double norm = 0;  ///< 0: none
  std::int64_t steps = 1;
};

/// The numbers of one step.
struct StepLosses {
  double total = 0;
  std::map<std::string, double> terms;  ///< `entity.classify`, …; absent where the batch had no candidates
};

/// The first half of a training step: scores the samples and leaves the gradients of the loss in the
/// parameters. The second half is Optimizer::step. With an adversary its loss is the term `adversarial`.
/// Throws Error(trial) naming sentences and terms if a term is NaN or infinite; the gradients are unset then.
/// Throws Error(usage) if an adversary finds no embeddings (a frozen encoder).
SPANLAB_API StepLosses find_gradients(Model& model, const Batch& batch,
                                      std::span<const SentenceSample> samples, Pass& pass,
                                      const Adversary& adversary = {});

/// What is said where an adversary finds no embeddings.
Error no_embeddings();

/// `sentences 'a', 'b'`: for messages.
SPANLAB_API std::string sentence_list(const Batch& batch);

}  // namespace spanlab::host
