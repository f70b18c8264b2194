// SPDX-License-Identifier: MIT
#pragma once

#include <torch/nn/module.h>

#include <vector>

#include "bert/checkpoint.hpp"
#include "spanlab/batch.hpp"

namespace spanlab::bert {

/// Weight [out,in] and bias [out] of a product, or weight and bias [H] of a layer norm.
struct Affine {
  at::Tensor weight;
  at::Tensor bias;
};

struct Layer {
  Affine query, key, value;
  Affine attention_output, attention_norm;
  Affine intermediate, output, output_norm;
};

/// The weights where the computation finds them; the same tensors as the module's parameters.
struct Network {
  Config config;
  at::Tensor words, positions, types;
  Affine norm;
  std::vector<Layer> layers;
};

/// Registers `weights` below `module` under their dotted names. Query, key and value of a layer come to lie one after another in
/// memory, so that one product makes all three.
Network register_network(torch::nn::Module& module, const Config& config, NamedTensors weights);

/// The three as one [3H,H] and [3H]: a view where they lie one after another, else a copy.
Affine joined(const Layer& layer);

/// States [U,H] of the last layer by LibTorch's operations on any device. Plain, and what the fused version is compared with.
at::Tensor forward_reference(const Network& network, const Batch& batch, Pass& pass);

}  // namespace spanlab::bert
