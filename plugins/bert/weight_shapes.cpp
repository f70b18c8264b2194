// SPDX-License-Identifier: MIT
#include "bert/checkpoint.hpp"

#include <fmt/format.h>

namespace spanlab::bert {

std::vector<NamedShape> weight_shapes(const Config& config) {
  const std::int64_t hidden = config.hidden_size, inner = config.intermediate_size;
  std::vector<NamedShape> shapes;
  auto linear = [&](const std::string& name, std::int64_t rows, std::int64_t columns, bool needed = true) {
    shapes.push_back({name + ".weight", {rows, columns}, needed});
    shapes.push_back({name + ".bias", {rows}, needed});
  };
  auto norm = [&](const std::string& name) {
    shapes.push_back({name + ".LayerNorm.weight", {hidden}});
    shapes.push_back({name + ".LayerNorm.bias", {hidden}});
  };
  shapes.push_back({"embeddings.word_embeddings.weight", {config.vocab_size, hidden}});
  shapes.push_back({"embeddings.position_embeddings.weight", {config.max_position_embeddings, hidden}});
  shapes.push_back({"embeddings.token_type_embeddings.weight", {config.type_vocab_size, hidden}});
  norm("embeddings");
  for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
    std::string layer = fmt::format("encoder.layer.{}.", i);
    for (const char* part : {"query", "key", "value"})
      linear(layer + "attention.self." + part, hidden, hidden);
    linear(layer + "attention.output.dense", hidden, hidden);
    norm(layer + "attention.output");
    linear(layer + "intermediate.dense", inner, hidden);
    linear(layer + "output.dense", hidden, inner);
    norm(layer + "output");
  }
  linear("pooler.dense", hidden, hidden, false);
  return shapes;
}

}  // namespace spanlab::bert
