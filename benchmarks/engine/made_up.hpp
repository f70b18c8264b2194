// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace spanlab::host::benchmarks {

/// What is made up instead of read from files.
struct MadeUp {
  std::string size = "minilm";  ///< `minilm` or `base`: dimensions of MiniLM-L6 or BERT-base
  Precision precision = Precision::float32;
  std::int64_t sentences = 64;
  std::int64_t units = 36;  ///< mean length of a sentence in pieces; lengths are uniform between a half and
                            ///< one and a half of it
};

/// Random sentences with entities and relations, each word one piece, and how the encoder would read them.
struct MadeUpData {
  std::vector<Sentence> sentences;
  std::vector<EncodedSentence> encoded;
};

MadeUpData make_data(const MadeUp& made, Generator& generator);

/// SpERT's model with random weights over an encoder of this size. Throws std::invalid_argument for an
/// unknown size.
std::shared_ptr<Model> make_model(const MadeUp& made, Generator& generator);

}  // namespace spanlab::host::benchmarks
