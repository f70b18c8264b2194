// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "spanlab/span_ops.hpp"
#include "spanlab/tensors_file.hpp"
#include "test.hpp"

namespace spanlab::test {

/// A made-up BERT in a folder, as a pretrained one comes: random weights, and pieces that cut some words in
/// several
/// (`mills`, `millers`). Needs no file of the shared folder.
class TinyBert {
 public:
  explicit TinyBert(std::int64_t width = 16, std::int64_t inner = 24, std::int64_t layers = 2,
                    std::int64_t heads = 2) {
    const std::vector<std::string> pieces{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mill",
                                          "##s",   "##er",  "old",   "the",   "river",  "ada",
                                          "lives", "in",    "paris", "."};
    constexpr std::int64_t kPositions = 48;
    std::ofstream vocabulary(folder() / "vocab.txt");
    for (const std::string& piece : pieces) vocabulary << piece << '\n';
    std::ofstream(folder() / "config.json") << nlohmann::json{{"model_type", "bert"},
                                                              {"hidden_act", "gelu"},
                                                              {"hidden_size", width},
                                                              {"num_hidden_layers", layers},
                                                              {"num_attention_heads", heads},
                                                              {"intermediate_size", inner},
                                                              {"vocab_size", pieces.size()},
                                                              {"max_position_embeddings", kPositions},
                                                              {"type_vocab_size", 2},
                                                              {"hidden_dropout_prob", 0.1},
                                                              {"attention_probs_dropout_prob", 0.2}};
    const auto vocabulary_size = static_cast<std::int64_t>(pieces.size());
    add("embeddings.word_embeddings.weight", {vocabulary_size, width});
    add("embeddings.position_embeddings.weight", {kPositions, width});
    add("embeddings.token_type_embeddings.weight", {2, width});
    add_affine("embeddings.LayerNorm", {width});
    for (std::int64_t i = 0; i < layers; ++i) {
      const std::string layer = "encoder.layer." + std::to_string(i) + ".";
      for (const char* part : {"self.query", "self.key", "self.value", "output.dense"})
        add_affine(layer + "attention." + part, {width, width});
      add_affine(layer + "attention.output.LayerNorm", {width});
      add_affine(layer + "intermediate.dense", {inner, width});
      add_affine(layer + "output.dense", {width, inner});
      add_affine(layer + "output.LayerNorm", {width});
    }
    write_tensors(folder() / "model.safetensors", weights_);
    weights_.clear();
  }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  void add(const std::string& name, at::IntArrayRef shape) {
    at::Tensor weight = at::empty(shape);
    fill_normal(weight, 0.2, generator_);
    weights_[name] = weight;
  }
  void add_affine(const std::string& name, at::IntArrayRef shape) {
    add(name + ".weight", shape);
    add(name + ".bias", {shape[0]});
  }

  TemporaryFolder folder_;
  Generator generator_{11};
  NamedTensors weights_;
};

}  // namespace spanlab::test
