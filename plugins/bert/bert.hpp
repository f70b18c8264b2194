// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "bert/fused.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/parameters.hpp"
#include "spanlab/tokenizer.hpp"

namespace spanlab::bert {

/// Parameters of the encoder `bert`.
Schema bert_schema();

/// BERT (Devlin et al. 2019) from a folder with config.json, vocab.txt and model.safetensors, over packed
/// sentences.
class BertEncoder : public Encoder {
 public:
  BertEncoder(const Parameters& parameters, const EncoderSetup& setup);

  std::int64_t do_width() const override { return network_.config.hidden_size; }
  EncodedSentence do_encode(const Sentence& sentence) const override;
  Features do_forward(const Batch& batch, Pass& pass) override;
  std::vector<std::string> do_sparse_tables() const override;
  std::vector<RoundedWeight> do_rounded_weights() const override { return bert::rounded_weights(network_); }

  const Network& network() const { return network_; }

 private:
  void load_vocabulary(const PretrainedModel& model, std::optional<Casing> casing);

  std::filesystem::path folder_;
  /// Absent where a folder without a card has no vocab.txt: then only encoded sentences can be read.
  std::optional<WordPiece> pieces_;
  Network network_;
  std::shared_ptr<Workspace> workspace_ = std::make_shared<Workspace>();
};

}  // namespace spanlab::bert
