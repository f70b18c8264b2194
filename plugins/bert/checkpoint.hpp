// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "spanlab/pretrained.hpp"
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

  std::int64_t head_size() const { return hidden_size / num_attention_heads; }
};

/// Reads config.json; a key that is not known is warned of. Throws Error(data) with every field that is
/// missing, impossible or asks for what this encoder does not do.
Config read_config(const PretrainedModel& model);

struct NamedShape {
  std::string name;
  std::vector<std::int64_t> shape;
  bool needed = true;
};

/// Every weight of the network, named as in a checkpoint without the `bert.` prefix.
std::vector<NamedShape> weight_shapes(const Config& config);

/// Weights by those names from model.safetensors, in single precision: plain or behind a prefix that ends in
/// `bert.` or is `module.`, LayerNorms by old names too (`gamma`, `beta`). Tensors that are not asked for do
/// not matter. Throws Error(data) with every tensor that is missing, misshaped, of another type or not
/// finite, and with the way out for weights in another form.
NamedTensors read_weights(const PretrainedModel& model, const Config& config);

}  // namespace spanlab::bert
