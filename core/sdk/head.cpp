// SPDX-License-Identifier: MIT
#include "spanlab/head.hpp"

namespace spanlab {

Head::~Head() = default;
bool Head::reads_spans_outputs() const { return false; }
std::string Head::task_kind() const {
  if (kind() == HeadKind::spans) return "spans";
  return kind() == HeadKind::pairs ? "pairs" : "words";
}
at::Tensor Head::widths() const { return {}; }

}  // namespace spanlab
