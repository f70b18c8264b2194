// SPDX-License-Identifier: MIT
#pragma once

#include "birnn/vocabulary.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/parameters.hpp"
#include "spanlab/tower.hpp"

namespace spanlab::birnn {

/// Parameters of the encoder `birnn`.
Schema birnn_schema();

/// Words by vector, characters and casing, then shared recurrent layers (papers.md §4.1), trained from scratch. Units are words.
class BirnnEncoder : public Encoder {
 public:
  BirnnEncoder(const Parameters& parameters, const EncoderSetup& setup);

  std::int64_t width() const override { return shared_->width(); }
  EncodedSentence encode(const Sentence& sentence) const override;
  Features forward(const Batch& batch, Pass& pass) override;
  std::string vocabulary() const override { return vocabulary_.text(); }
  std::vector<std::string> sparse_tables() const override { return {"word.weight"}; }

 private:
  void make_word_table(const Parameters& parameters, bool stored, Generator& generator);
  /// [U,D]: word vector, final states of the character layer, casing.
  at::Tensor inputs(const Batch& batch, Pass& pass);

  Vocabulary vocabulary_;
  at::Tensor words_;       // [words, vector size]
  at::Tensor characters_;  // [characters, character size]
  std::shared_ptr<Tower> character_layer_;
  std::shared_ptr<Tower> shared_;
};

}  // namespace spanlab::birnn
