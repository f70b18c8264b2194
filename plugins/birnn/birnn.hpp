// SPDX-License-Identifier: MIT
#pragma once

#include "birnn/vocabulary.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/parameters.hpp"
#include "spanlab/tower.hpp"
#include "spanlab/word_shape.hpp"

namespace spanlab::birnn {

/// Parameters of the encoder `birnn`.
Schema birnn_schema();

/// Words by vector, characters, casing and, where a pretrained model is named, the frozen features of another
/// encoder (the mean over a word's units) in place of the paper's ELMo; then shared recurrent layers
/// (docs/papers.md, Task depth), trained from scratch. Units are words.
class BirnnEncoder : public Encoder {
 public:
  BirnnEncoder(const Parameters& parameters, const EncoderSetup& setup);

  std::int64_t width() const override { return shared_->width(); }
  EncodedSentence encode(const Sentence& sentence) const override;
  Features forward(const Batch& batch, Pass& pass) override;
  std::string vocabulary() const override { return vocabulary_.text(); }
  Encoder* frozen() override { return context_.get(); }
  std::vector<std::string> sparse_tables() const override;

 private:
  void make_word_table(const Parameters& parameters, bool stored, Generator& generator);
  void make_context(const Parameters& parameters, const EncoderSetup& setup);
  /// [U,D]: word vector, final states of the character layer, casing, contextual features.
  at::Tensor inputs(const Batch& batch, Pass& pass);
  at::Tensor contexts(const Batch& batch, Pass& pass) const;

  Vocabulary vocabulary_;
  at::Tensor words_;       // [words, vector size]
  at::Tensor characters_;  // [characters, character size]
  std::shared_ptr<Tower> character_layer_;
  std::shared_ptr<Encoder> context_;  // null: none
  MostlyDigits digits_ = MostlyDigits::more_than_half;
  std::shared_ptr<Tower> shared_;
};

}  // namespace spanlab::birnn
