// SPDX-License-Identifier: MIT
#include "spanlab/tower.hpp"

#include <ATen/ATen.h>

#include <cmath>

#include "spanlab/error.hpp"
#include "spanlab/span_ops.hpp"
#include "sdk/recurrent.hpp"

namespace spanlab {

namespace {

at::Tensor uniform(std::vector<std::int64_t> shape, double bound, Generator& generator) {
  at::Tensor tensor = at::empty(shape, at::kFloat);
  float* values = tensor.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < tensor.numel(); ++i) {
    values[i] = static_cast<float>(bound * (2 * generator.uniform() - 1));
  }
  return tensor;
}

}  // namespace

Tower::Tower(const TowerSetup& setup, Generator& generator) : setup_(setup) {
  const double bound = 1 / std::sqrt(static_cast<double>(setup.size));
  const std::int64_t gates = (setup.cell == Cell::gru ? 3 : 4) * setup.size;
  for (std::int64_t layer = 0; layer < setup.layers; ++layer) {
    const std::int64_t input = layer == 0 ? setup.input : 2 * setup.size;
    std::vector<at::Tensor>& weights = weights_.emplace_back();
    for (const char* direction : {"", "_reverse"}) {
      auto add = [&](const char* name, std::vector<std::int64_t> shape) {
        weights.push_back(register_parameter(std::string(name) + std::to_string(layer) + direction,
                                             uniform(std::move(shape), bound, generator)));
      };
      add("weight_ih_l", {gates, input});
      add("weight_hh_l", {gates, setup.size});
      add("bias_ih_l", {gates});
      no_decay(weights.back());
      add("bias_hh_l", {gates});
      no_decay(weights.back());
    }
  }
}

TowerOutput Tower::forward(const at::Tensor& units, std::span<const std::int64_t> offsets, Pass& pass) {
  TowerOutput output{units, {}};
  for (const std::vector<at::Tensor>& weights : weights_) {
    output = recurrent_layer(setup_.cell, dropout(output.units, setup_.dropout, pass), offsets, weights);
  }
  return output;
}

}  // namespace spanlab
