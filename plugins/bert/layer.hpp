// SPDX-License-Identifier: MIT
#pragma once

#include "bert/workspace.hpp"

namespace spanlab::bert {

/// What the layers of a pass have in common.
struct LayerContext {
  const Config& config;
  std::vector<std::int64_t> offsets;  ///< [S+1] units of each sentence
  std::int64_t units() const { return offsets.back(); }
};

/// Gradients of a layer's weights, in the order and shapes of Layer, with query, key and value joined.
struct LayerGradients {
  Affine qkv, attention_output, attention_norm, intermediate, output, output_norm;
};

/// Gradients of a layer's products, kept until the weights' gradients are made from them.
struct LayerFlow {
  at::Tensor of_output, of_inner, of_attended, of_qkv;  // [U,H], [U,I], [U,H], [U,3H]
};

/// Values that take_tape() and take_flow() take of a memory, the room for alignment included. A pass without
/// a backward pass keeps neither probabilities nor the slope of GELU.
std::int64_t tape_size(const LayerContext& context, bool training);
LayerTape take_tape(const LayerContext& context, Memory& memory, bool training);
std::int64_t flow_size(const LayerContext& context);
LayerFlow take_flow(const LayerContext& context, Memory& memory);

/// `output` [U,H] from tape.input; `scratch` [U,H].
void layer_forward(const LayerContext& context, const Layer& layer, const LayerMasks& masks, LayerTape& tape,
                   const at::Tensor& scratch, const at::Tensor& output);

/// `gradient` [U,H] of the layer's output becomes that of its input. Fills the norms' and biases' gradients
/// and `flow`.
void layer_backward(const LayerContext& context, const Layer& layer, const LayerMasks& masks,
                    const LayerTape& tape, const LayerFlow& flow, LayerGradients& gradients,
                    const at::Tensor& gradient);

}  // namespace spanlab::bert
