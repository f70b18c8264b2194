// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "settings/train_settings.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Linear warm-up from 0, then linear decay to 0 (docs/papers.md, Training): step k (from 0) of n has rate
/// peak·k/w for k < w, else peak·(n-k)/(n-w); without decay, peak.
struct SPANLAB_API WarmupDecay {
  double peak = 5e-5;
  double warmup = 0;       ///< w, in steps, may be a fraction
  std::int64_t steps = 1;  ///< n
  Decay decay = Decay::linear;

  double rate(std::int64_t step) const;
};

}  // namespace spanlab::host
