// SPDX-License-Identifier: MIT
#include "bert/network.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>
#include <torch/csrc/autograd/custom_function.h>

#include "spanlab/span_ops.hpp"

namespace spanlab::bert {

namespace {

// Copies three tensors into one and makes them its parts.
void lay_together(at::Tensor& a, at::Tensor& b, at::Tensor& c) {
  at::Tensor all = at::cat({a, b, c});
  const std::int64_t rows = a.size(0);
  a = all.narrow(0, 0, rows);
  b = all.narrow(0, rows, rows);
  c = all.narrow(0, 2 * rows, rows);
}

void register_dotted(torch::nn::Module& root, const std::string& name, const at::Tensor& tensor) {
  torch::nn::Module* module = &root;
  std::size_t begin = 0;
  for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', begin)) {
    std::string part = name.substr(begin, dot - begin);
    auto children = module->named_children();
    if (!children.contains(part)) module->register_module(part, std::make_shared<torch::nn::Module>(part));
    module = module->named_children()[part].get();
    begin = dot + 1;
  }
  module->register_parameter(name.substr(begin), tensor);
}

at::Tensor joined(const at::Tensor& a, const at::Tensor& b, const at::Tensor& c) {
  const char* start = static_cast<const char*>(a.const_data_ptr());
  bool together = a.is_contiguous() && b.is_contiguous() && c.is_contiguous() &&
                  a.storage().is_alias_of(c.storage()) &&
                  static_cast<const char*>(b.const_data_ptr()) == start + a.nbytes() &&
                  static_cast<const char*>(c.const_data_ptr()) == start + 2 * a.nbytes();
  if (!together) return at::cat({a, b, c});
  std::vector<std::int64_t> sizes = a.sizes().vec();
  sizes[0] *= 3;
  return a.as_strided(sizes, a.strides());
}

at::Tensor add_and_norm(const at::Tensor& input, const at::Tensor& residual, const Affine& norm,
                        const Config& config, Pass& pass) {
  at::Tensor sum = dropout(input, config.hidden_dropout_prob, pass) + residual;
  return at::layer_norm(sum, {config.hidden_size}, norm.weight, norm.bias, config.layer_norm_eps);
}

/// A weight as its rounded copy; the gradient goes to the weight.
struct Rounded : torch::autograd::Function<Rounded> {
  static at::Tensor forward(torch::autograd::AutogradContext*, const at::Tensor&, const at::Tensor& copy) {
    return copy.detach();
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext*,
                                                 torch::autograd::variable_list gradients) {
    return {gradients[0].to(at::kFloat), at::Tensor()};
  }
};

at::Tensor linear(const at::Tensor& states, const Affine& dense, const at::Tensor& rounded) {
  if (!rounded.defined()) return at::linear(states, dense.weight, dense.bias);
  return at::linear(states.to(at::kBFloat16), Rounded::apply(dense.weight, rounded)).to(at::kFloat) +
         dense.bias;
}

// [T,H] of one sentence from its queries, keys and values [T,3H].
at::Tensor attend(const at::Tensor& qkv, const Config& config, Pass& pass) {
  const std::int64_t units = qkv.size(0);
  at::Tensor parts =
      qkv.view({units, 3, config.num_attention_heads, config.head_size()}).permute({1, 2, 0, 3});
  at::Tensor scores =
      at::matmul(parts[0], parts[1].transpose(1, 2)) / std::sqrt(static_cast<double>(config.head_size()));
  at::Tensor probabilities = dropout(at::softmax(scores, -1), config.attention_probs_dropout_prob, pass);
  return at::matmul(probabilities, parts[2]).transpose(0, 1).reshape({units, config.hidden_size});
}

at::Tensor attention(const at::Tensor& states, const Layer& layer, const Config& config, const Batch& batch,
                     Pass& pass) {
  const std::vector<at::Tensor> rounded =
      layer.rounded.qkv.defined() ? layer.rounded.qkv.chunk(3) : std::vector<at::Tensor>(3);
  at::Tensor qkv = at::cat({linear(states, layer.query, rounded[0]), linear(states, layer.key, rounded[1]),
                            linear(states, layer.value, rounded[2])},
                           1);
  std::vector<at::Tensor> contexts;
  for (std::int64_t s = 0; s < batch.size(); ++s)
    contexts.push_back(attend(qkv.slice(0, batch.unit_offsets[s], batch.unit_offsets[s + 1]), config, pass));
  return linear(at::cat(contexts), layer.attention_output, layer.rounded.attention_output);
}

ProductWeights register_rounded(torch::nn::Module& module, const Layer& layer, std::int64_t number) {
  auto copy = [&](const char* name, const at::Tensor& weight) {
    return module.register_buffer(fmt::format("rounded_{}_{}", name, number),
                                  weight.detach().to(at::kBFloat16));
  };
  return {copy("qkv",
               joined(layer.query.weight.detach(), layer.key.weight.detach(), layer.value.weight.detach())),
          copy("attention_output", layer.attention_output.weight),
          copy("intermediate", layer.intermediate.weight), copy("output", layer.output.weight)};
}

}  // namespace

Affine joined(const Layer& layer) {
  return {joined(layer.query.weight, layer.key.weight, layer.value.weight),
          joined(layer.query.bias, layer.key.bias, layer.value.bias)};
}

ProductWeights product_weights(const Layer& layer) {
  if (layer.rounded.qkv.defined()) return layer.rounded;
  return {joined(layer.query.weight, layer.key.weight, layer.value.weight), layer.attention_output.weight,
          layer.intermediate.weight, layer.output.weight};
}

std::vector<RoundedWeight> rounded_weights(const Network& network) {
  std::vector<RoundedWeight> all;
  for (const Layer& layer : network.layers) {
    if (!layer.rounded.qkv.defined()) continue;
    const std::vector<at::Tensor> qkv = layer.rounded.qkv.chunk(3);
    all.insert(all.end(), {{layer.query.weight, qkv[0]},
                           {layer.key.weight, qkv[1]},
                           {layer.value.weight, qkv[2]},
                           {layer.attention_output.weight, layer.rounded.attention_output},
                           {layer.intermediate.weight, layer.rounded.intermediate},
                           {layer.output.weight, layer.rounded.output}});
  }
  return all;
}

Network register_network(torch::nn::Module& module, const Config& config, NamedTensors weights,
                         Precision precision) {
  auto affine = [&](const std::string& name) -> Affine {
    return {weights.at(name + ".weight"), weights.at(name + ".bias")};
  };
  Network network;
  network.config = config;
  for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
    std::string self = fmt::format("encoder.layer.{}.attention.self.", i);
    for (const char* what : {".weight", ".bias"})
      lay_together(weights.at(self + "query" + what), weights.at(self + "key" + what),
                   weights.at(self + "value" + what));
  }
  for (const NamedShape& expected : weight_shapes(config)) {
    if (!weights.contains(expected.name)) continue;
    at::Tensor& tensor = weights.at(expected.name);
    tensor = tensor.detach().requires_grad_(true);
    register_dotted(module, expected.name, tensor);
  }
  network.words = weights.at("embeddings.word_embeddings.weight");
  network.positions = weights.at("embeddings.position_embeddings.weight");
  network.types = weights.at("embeddings.token_type_embeddings.weight");
  network.norm = affine("embeddings.LayerNorm");
  for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
    std::string layer = fmt::format("encoder.layer.{}.", i);
    std::string self = layer + "attention.self.";
    network.layers.push_back({affine(self + "query"),
                              affine(self + "key"),
                              affine(self + "value"),
                              affine(layer + "attention.output.dense"),
                              affine(layer + "attention.output.LayerNorm"),
                              affine(layer + "intermediate.dense"),
                              affine(layer + "output.dense"),
                              affine(layer + "output.LayerNorm"),
                              {}});
    if (precision == Precision::bf16) {
      network.layers.back().rounded = register_rounded(module, network.layers.back(), i);
    }
  }
  return network;
}

at::Tensor forward_reference(const Network& network, const Batch& batch, Pass& pass) {
  const Config& config = network.config;
  constexpr bool kScale = false, kSparse = true;
  at::Tensor sum =
      at::embedding(network.words, batch.ids, -1, kScale, kSparse && network.words.requires_grad()) +
      at::embedding(network.positions, batch.positions) + network.types[0];
  at::Tensor states = at::layer_norm(pass.embedded(sum), {config.hidden_size}, network.norm.weight,
                                     network.norm.bias, config.layer_norm_eps);
  states = dropout(states, config.hidden_dropout_prob, pass);
  for (const Layer& layer : network.layers) {
    at::Tensor attended = add_and_norm(attention(states, layer, config, batch, pass), states,
                                       layer.attention_norm, config, pass);
    at::Tensor inner = at::gelu(linear(attended, layer.intermediate, layer.rounded.intermediate));
    states = add_and_norm(linear(inner, layer.output, layer.rounded.output), attended, layer.output_norm,
                          config, pass);
  }
  return states;
}

}  // namespace spanlab::bert
