// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "spanlab/batch.hpp"
#include "spanlab/context.hpp"
#include "spanlab/export.hpp"
#include "spanlab/module.hpp"
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
  /// The one named by the parameter that is declared `.pretrained()`; its folder is empty if there is none.
  PretrainedModel model;
  /// To collect words and characters from; empty when a stored model is loaded.
  std::span<const Sentence> training;
  std::string vocabulary;  ///< what `vocabulary()` gave when the model was stored; empty for a fresh model
  Generator& generator;    ///< for initial weights
  Precision precision = Precision::float32;
  /// The encoder that the parameter declared `.component()` names, for one that reads another's features:
  /// frozen, over the same pretrained model, else by its defaults. The host computes its features, see
  /// Batch::inner.
  std::shared_ptr<Encoder> inner = {};
  Context context = {};
};

/// Turns sentences into features. Thread use: evaluation of several batches at once, training on one thread.
///
/// An encoder whose schema has a parameter declared `.frozen()` need not know of it: where it is true, the
/// host keeps the weights as they are, computes the features of each sentence once, in evaluation mode, and
/// gives them out itself. They must depend on the sentence, the parameters and the pretrained model alone.
class SPANLAB_API Encoder : public Module, public Component {
 public:
  ~Encoder() override;

  /// H, at least 1.
  std::int64_t width() const;

  /// The sentence as this encoder reads it, with what its inner encoder reads. Throws Error(data) naming the
  /// sentence if it cannot be read (no words, more units than the encoder has positions).
  EncodedSentence encode(const Sentence& sentence) const;

  /// Features of the packed batch: [U,H] of its units, [S,H] of its sentences. Of a frozen encoder those that
  /// the batch brings along, if it does for all sentences.
  Features forward(const Batch& batch, Pass& pass);

  /// What must be stored beside the weights to build the encoder again without the training data: UTF-8, may
  /// be empty.
  std::string vocabulary() const;

  /// The word and piece tables, if rows of them stay without gradient in most steps: names as in
  /// named_parameters(). None of a frozen encoder.
  std::vector<std::string> sparse_tables() const;

  /// The copies that must follow the weights; none in single precision, or if products of this encoder are
  /// never rounded.
  std::vector<RoundedWeight> rounded_weights() const;

  /// For the host: keeps the weights as they are from now on.
  void freeze();
  /// For the host: the encoder that this one reads the features of, named by its parameter `name`.
  void take_inner(const std::string& name, std::shared_ptr<Encoder> inner);
  Encoder* inner() const { return inner_.get(); }
  /// The encoder whose features depend on the sentence alone and never change: this one if it is frozen, else
  /// that of its inner encoder, or null.
  Encoder* frozen();

 protected:
  virtual std::int64_t do_width() const = 0;
  /// Units of every word, in order, each at least one. What the inner encoder reads is added by the host.
  virtual EncodedSentence do_encode(const Sentence& sentence) const = 0;
  /// Dropout only in training. `batch.inner` has the features of the inner encoder.
  virtual Features do_forward(const Batch& batch, Pass& pass) = 0;
  /// As it stands: empty.
  virtual std::string do_vocabulary() const;
  /// As it stands: none.
  virtual std::vector<std::string> do_sparse_tables() const;
  /// As it stands: none.
  virtual std::vector<RoundedWeight> do_rounded_weights() const;

 private:
  Features computed(const Batch& batch, Pass& pass);

  bool is_frozen_ = false;
  std::shared_ptr<Encoder> inner_;
};

}  // namespace spanlab
