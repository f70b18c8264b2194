// SPDX-License-Identifier: MIT
#pragma once

#include <torch/nn/module.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "spanlab/batch.hpp"
#include "spanlab/export.hpp"
#include "spanlab/parameters.hpp"
#include "spanlab/precision.hpp"
#include "spanlab/pretrained.hpp"

namespace spanlab {

class Encoder;

/// A weight and its rounded copy, which products read. Whoever changes the weight writes the copy too.
struct RoundedWeight {
  at::Tensor weight;  ///< single precision, as registered
  at::Tensor copy;    ///< bfloat16, of the same shape
};

/// What an encoder is built from.
struct EncoderSetup {
  /// The one named by the parameter `model`; its folder is empty if the encoder has none.
  PretrainedModel model;
  /// To collect words and characters from; empty when a stored model is loaded.
  std::span<const Sentence> training;
  std::string vocabulary;  ///< what `vocabulary()` gave when the model was stored; empty for a fresh model
  Generator& generator;    ///< for initial weights
  Precision precision = Precision::float32;
  /// Builds another encoder, for one that reads another's features: the one that the parameter `context`
  /// names, with `frozen` set, over the same `model`, else by its defaults. Its features depend on nothing
  /// else, so that all that read them share them.
  std::function<std::shared_ptr<Encoder>()> inner = {};
};

/// Turns sentences into features. Thread use: one model, one thread at a time.
class SPANLAB_API Encoder : public torch::nn::Module {
 public:
  ~Encoder() override;

  virtual std::int64_t width() const = 0;  ///< H

  /// The sentence as this encoder reads it. Throws Error(data) naming the sentence if it cannot be read (no
  /// words, more units than the encoder has positions).
  virtual EncodedSentence encode(const Sentence& sentence) const = 0;

  /// Features of the packed batch. Dropout only in training.
  virtual Features forward(const Batch& batch, Pass& pass) = 0;

  /// What must be stored beside the weights to build the encoder again without the training data: any text,
  /// may be empty.
  virtual std::string vocabulary() const;

  /// The part whose features depend on the sentence alone and never change: this encoder if it is frozen, its
  /// inner encoder, or null. Whoever has computed them before hands them over in EncodedSentence::states (of
  /// `inner`), for all sentences of a batch or none.
  virtual Encoder* frozen();

  /// The word and piece tables, if rows of them stay without gradient in most steps: names as in
  /// named_parameters().
  virtual std::vector<std::string> sparse_tables() const;

  /// The copies that must follow the weights; none in single precision, or if products of this encoder are
  /// never rounded.
  virtual std::vector<RoundedWeight> rounded_weights() const;
};

}  // namespace spanlab
