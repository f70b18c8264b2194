// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include <fstream>

#include "bert/bert.hpp"
#include "plugins/batches.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {

/// A small network with random weights in a folder, as a user would have it.
struct BertFolder : TemporaryFolder {
  nlohmann::json config{{"model_type", "bert"},
                        {"hidden_act", "gelu"},
                        {"hidden_size", 40},
                        {"num_hidden_layers", 2},
                        {"num_attention_heads", 4},
                        {"intermediate_size", 72},
                        {"vocab_size", 9},
                        {"max_position_embeddings", 12},
                        {"type_vocab_size", 2},
                        {"hidden_dropout_prob", 0.1},
                        {"attention_probs_dropout_prob", 0.2}};
  std::vector<std::string> pieces{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mill", "##s", "old", "."};
  NamedTensors weights;
  std::string prefix;

  explicit BertFolder(int positions = 12, int width = 40) {
    config["max_position_embeddings"] = positions;
    config["hidden_size"] = width;
    write();
    at::manual_seed(11);
    for (const bert::NamedShape& shape : bert::weight_shapes(bert::read_config(path())))
      weights[shape.name] = at::randn(shape.shape) * 0.2;
    write();
  }
  void write() const {
    std::ofstream(path() / "config.json") << config;
    std::ofstream vocabulary(path() / "vocab.txt");
    for (const std::string& piece : pieces) vocabulary << piece << '\n';
    NamedTensors named;
    for (const auto& [name, tensor] : weights) named[prefix + name] = tensor;
    write_tensors(path() / "model.safetensors", named);
  }
  std::shared_ptr<bert::BertEncoder> encoder(std::map<std::string, Value> given = {},
                                             Precision precision = Precision::float32) const {
    Generator generator(1);
    return std::make_shared<bert::BertEncoder>(Parameters(bert::bert_schema(), given),
                                               EncoderSetup{path(), {}, "", generator, precision});
  }
  std::string refusal() const {
    write();
    try {
      encoder();
    } catch (const Error& error) {
      BOOST_TEST((error.kind() == ErrorKind::data));
      return error.what();
    }
    return "no error";
  }
};

inline EncodedSentence ids(std::vector<std::int64_t> given) { return {std::move(given), {}, {}}; }

inline std::vector<EncodedSentence> some_sentences() {
  return {ids({2, 5, 6, 7, 8, 3}), ids({2, 3}), ids({2, 7, 5, 6, 1, 1, 7, 5, 8, 6, 3}), ids({4})};
}

}  // namespace spanlab::test
