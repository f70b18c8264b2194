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

  std::int64_t do_width() const override { return shared_->width(); }
  EncodedSentence do_encode(const Sentence& sentence) const override;
  Features do_forward(const Batch& batch, Pass& pass) override;
  std::string do_vocabulary() const override { return vocabulary_.text(); }
  std::vector<std::string> do_sparse_tables() const override;

 private:
  void make_word_table(const Parameters& parameters, bool stored, Generator& generator);
  /// [U,D]: word vector, final states of the character layer, casing, contextual features.
  at::Tensor inputs(const Batch& batch, Pass& pass);

  Vocabulary vocabulary_;
  at::Tensor words_;       // [words, vector size]
  at::Tensor characters_;  // [characters, character size]
  std::shared_ptr<Tower> character_layer_;
  MostlyDigits digits_ = MostlyDigits::more_than_half;
  std::shared_ptr<Tower> shared_;
};

}  // namespace spanlab::birnn
