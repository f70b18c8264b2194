// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "bert/checkpoint.hpp"
#include "spanlab/encoder.hpp"

namespace spanlab::bert {

/// Weight [out,in] and bias [out] of a product, or weight and bias [H] of a layer norm.
struct Affine {
  at::Tensor weight;
  at::Tensor bias;
};

/// Weights of a layer's products, all in single precision or all rounded to bfloat16. `qkv` [3H,H] joins
/// query, key and value.
struct ProductWeights {
  at::Tensor qkv, attention_output, intermediate, output;
};

struct Layer {
  Affine query, key, value;
  Affine attention_output, attention_norm;
  Affine intermediate, output, output_norm;
  ProductWeights rounded;  ///< copies that follow the weights; undefined in single precision
};

/// The weights where the computation finds them; the same tensors as the module's parameters.
struct Network {
  Config config;
  at::Tensor words, positions, types;
  Affine norm;
  std::vector<Layer> layers;
};

/// Registers `weights` below `module` under their dotted names. Query, key and value of a layer come to lie
/// one after another in memory, so that one product makes all three. With bf16 the rounded copies are made
/// and registered as buffers.
Network register_network(torch::nn::Module& module, const Config& config, NamedTensors weights,
                         Precision precision = Precision::float32);

/// Each weight that has a rounded copy, with it.
std::vector<RoundedWeight> rounded_weights(const Network& network);

/// The three as one [3H,H] and [3H]: a view where they lie one after another, else a copy.
Affine joined(const Layer& layer);

/// What products read: the rounded copies where there are any.
ProductWeights product_weights(const Layer& layer);

/// States [U,H] of the last layer by LibTorch's operations on any device. Plain, and what the fused version
/// is compared with.
at::Tensor forward_reference(const Network& network, const Batch& batch, Pass& pass);

}  // namespace spanlab::bert
