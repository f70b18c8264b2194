// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "sdk/recurrent.hpp"

namespace spanlab {

TowerOutput recurrent_layer_reference(Cell cell, const at::Tensor& input,
                                      std::span<const std::int64_t> offsets, at::TensorList weights) {
  const StepOrder order = step_order(offsets, Direction::forward);
  const std::int64_t h = weights[1].size(1), sequences = static_cast<std::int64_t>(offsets.size()) - 1;
  if (order.rows.empty()) return {input.new_zeros({0, 2 * h}), input.new_zeros({sequences, 2 * h})};
  std::vector<std::int64_t> counts, inverse(order.rows.size()), place(sequences, 0), empty;
  for (std::size_t t = 0; t + 1 < order.starts.size(); ++t) {
    counts.push_back(order.starts[t + 1] - order.starts[t]);
  }
  for (std::size_t i = 0; i < order.rows.size(); ++i) inverse[order.rows[i]] = static_cast<std::int64_t>(i);
  // The operation gives final states in the order of the first block, which has the first unit of every
  // sequence that is not empty; an empty one takes any row, which is then made zeros.
  for (std::int64_t s = 0; s < sequences; ++s) {
    if (offsets[s] < offsets[s + 1]) {
      place[s] = inverse[offsets[s]];
    } else {
      empty.push_back(s);
    }
  }
  auto index = [&](const std::vector<std::int64_t>& values) {
    return at::tensor(values, at::TensorOptions(at::kLong).device(input.device()));
  };
  at::Tensor packed = input.index_select(0, index(order.rows)), sizes = at::tensor(counts, at::kLong);
  at::Tensor zeros = input.new_zeros({2, counts[0], h});
  constexpr bool kBiases = true, kTrain = false, kBothWays = true;
  at::Tensor output, last;
  if (cell == Cell::gru) {
    std::tie(output, last) = at::gru(packed, sizes, zeros, weights, kBiases, 1, 0.0, kTrain, kBothWays);
  } else {
    std::tie(output, last, std::ignore) =
        at::lstm(packed, sizes, {zeros, zeros}, weights, kBiases, 1, 0.0, kTrain, kBothWays);
  }
  at::Tensor finals = at::cat({last[0], last[1]}, 1).index_select(0, index(place));
  if (!empty.empty()) finals = finals.index_fill(0, index(empty), 0);
  return {output.index_select(0, index(inverse)), finals};
}

}  // namespace spanlab
