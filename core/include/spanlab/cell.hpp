// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "spanlab/export.hpp"

namespace spanlab {

/// The recurrent cells: GRU (Cho et al. 2014) and LSTM (Hochreiter and Schmidhuber 1997), with PyTorch's
/// gates and biases.
enum class Cell { gru, lstm };

/// `gru` or `lstm`. Throws Error(usage) for anything else.
SPANLAB_API Cell cell_named(const std::string& name);

}  // namespace spanlab
