// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <span>
#include <string>

#include "model/samples.hpp"
#include "train/optimizer.hpp"

namespace spanlab {

/// The optimiser over everything of the model that is trained. `occurring`: the training sentences as read, which say what rows
/// of the encoder's tables get gradients.
SPANLAB_API Optimizer make_optimizer(const Model& model, std::span<const EncodedSentence> occurring, const OptimizerSettings& settings);

/// The numbers of one step.
struct StepLosses {
  double total = 0;
  std::map<std::string, double> terms;  ///< `entity.classify`, …; absent where the batch had no candidates
};

/// The first half of a training step: scores the samples and leaves the gradients of the loss in the parameters. The second half
/// is Optimizer::step. Throws Error(trial) naming sentences and terms if a term is NaN or infinite; the gradients are unset then.
SPANLAB_API StepLosses find_gradients(Model& model, const Batch& batch, std::span<const SentenceSample> samples, Pass& pass);

/// `sentences 'a', 'b'`: for messages.
SPANLAB_API std::string sentence_list(const Batch& batch);

}  // namespace spanlab
