// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "spanlab/tensors_file.hpp"

namespace spanlab::bert {

/// What config.json says about the network, by its own names.
struct Config {
  std::int64_t hidden_size = 0;
  std::int64_t num_hidden_layers = 0;
  std::int64_t num_attention_heads = 0;
  std::int64_t intermediate_size = 0;
  std::int64_t vocab_size = 0;
  std::int64_t max_position_embeddings = 0;
  std::int64_t type_vocab_size = 0;
  double layer_norm_eps = 1e-12;
  double hidden_dropout_prob = 0.1;
  double attention_probs_dropout_prob = 0.1;
  bool uncased = true;  ///< `do_lower_case` of tokenizer_config.json or config.json, else true

  std::int64_t head_size() const { return hidden_size / num_attention_heads; }
};

/// Reads config.json and tokenizer_config.json. Throws Error(data) with every missing or impossible field.
Config read_config(const std::filesystem::path& folder);

struct NamedShape {
  std::string name;
  std::vector<std::int64_t> shape;
  bool needed = true;
};

/// Every weight of the network, named as in a checkpoint without the `bert.` prefix.
std::vector<NamedShape> weight_shapes(const Config& config);

/// Weights by those names from model.safetensors, with or without the prefix, LayerNorms by old names too (`gamma`, `beta`), in
/// single precision. Throws Error(data) with every missing or misshaped tensor.
NamedTensors read_weights(const std::filesystem::path& folder, const Config& config);

}  // namespace spanlab::bert
