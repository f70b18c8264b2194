// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "spanlab/tower.hpp"

namespace spanlab {

/// One bidirectional layer over packed sequences. `weights`: w_ih [G·h,D], w_hh [G·h,h], b_ih, b_hh [G·h],
/// then the same of the backward direction; G is 3 (gates r, z, n) or 4 (i, f, g, o). Differentiable in
/// `input` and `weights`. Own kernels for single precision on the processor, else the reference.
SPANLAB_API TowerOutput recurrent_layer(Cell cell, const at::Tensor& input,
                                        std::span<const std::int64_t> offsets, at::TensorList weights);

/// The same by LibTorch's own packed recurrence.
SPANLAB_API TowerOutput recurrent_layer_reference(Cell cell, const at::Tensor& input,
                                                  std::span<const std::int64_t> offsets,
                                                  at::TensorList weights);

/// The order in which sequences are stepped through: longest first, one block of rows per time step. So a
/// step is one product over a block of rows that lie together, whatever the sequences' lengths.
struct StepOrder {
  std::vector<std::int64_t> rows;  ///< [U] row in the input of each place, blocks one after another
  /// [T+1] of the blocks. A block has one place of every sequence that is so long, the longest one first: the
  /// sequences of a block are the first ones of the block before it.
  std::vector<std::int64_t> starts;
  std::vector<std::int64_t> last_place;  ///< [S] by sequence in its own order; -1 if it is empty
};

/// From which end of its sequences a layer reads.
enum class Direction { forward, backward };

StepOrder step_order(std::span<const std::int64_t> offsets, Direction direction);

}  // namespace spanlab
