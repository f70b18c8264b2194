// SPDX-License-Identifier: MIT
#include "train/schedule.hpp"

#include <algorithm>

namespace spanlab::host {

double WarmupDecay::rate(std::int64_t step) const {
  if (static_cast<double>(step) < warmup) return peak * (static_cast<double>(step) / std::max(1.0, warmup));
  if (decay == Decay::none) return peak;
  std::int64_t left = std::max<std::int64_t>(0, steps - step);
  return peak * (static_cast<double>(left) / std::max(1.0, static_cast<double>(steps) - warmup));
}

}  // namespace spanlab::host
