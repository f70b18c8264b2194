// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "spanlab/batch.hpp"
#include "spanlab/cell.hpp"
#include "spanlab/export.hpp"
#include "spanlab/module.hpp"

namespace spanlab {

struct TowerSetup {
  Cell cell = Cell::gru;
  std::int64_t layers = 1;  ///< 0: the tower passes its input on, without dropout
  std::int64_t input = 0;   ///< width of what it reads
  std::int64_t size = 256;  ///< states per direction: a layer's output has twice as many
  double dropout = 0;       ///< of the input of every layer (docs/papers.md, Task depth)
};

/// What a tower makes of sequences.
struct TowerOutput {
  at::Tensor units;  ///< [U,2·size] of the last layer: forward, then backward states
  /// [S,2·size] forward state after the last unit, backward state after the first; zeros for an empty
  /// sequence.
  at::Tensor finals;
};

/// Bidirectional recurrent layers over packed sequences. Parameters are named as PyTorch's: weight_ih_l0,
/// bias_hh_l1_reverse, ….
class SPANLAB_API Tower : public Module {
 public:
  /// Weights start uniform in ±1/√size.
  Tower(const TowerSetup& setup, Generator& generator);

  /// Width of the output: 2·size, or the input's without layers.
  std::int64_t width() const { return setup_.layers > 0 ? 2 * setup_.size : setup_.input; }

  /// `units` [U,D]; `offsets` [S+1] bound the sequences. Without layers `finals` is undefined.
  TowerOutput forward(const at::Tensor& units, std::span<const std::int64_t> offsets, Pass& pass);

 private:
  TowerSetup setup_;
  std::vector<std::vector<at::Tensor>> weights_;  // per layer: w_ih, w_hh, b_ih, b_hh, then the same backward
};

}  // namespace spanlab
