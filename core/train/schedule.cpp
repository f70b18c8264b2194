// SPDX-License-Identifier: MIT
#include "train/schedule.hpp"

#include <algorithm>

namespace spanlab {

double WarmupDecay::rate(std::int64_t step) const {
  if (step < warmup) return peak * (static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(1, warmup)));
  std::int64_t left = std::max<std::int64_t>(0, steps - step);
  return peak * (static_cast<double>(left) / static_cast<double>(std::max<std::int64_t>(1, steps - warmup)));
}

}  // namespace spanlab
