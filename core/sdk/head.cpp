// SPDX-License-Identifier: MIT
#include "spanlab/head.hpp"

namespace spanlab {

Head::~Head() = default;
bool Head::reads_spans_outputs() const { return false; }
at::Tensor Head::widths() const { return {}; }

}  // namespace spanlab
