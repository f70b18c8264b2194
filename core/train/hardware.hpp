// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "spanlab/export.hpp"

namespace spanlab {

/// What LibTorch computes with on this machine.
struct Hardware {
  std::string libtorch;          ///< version, as `2.13.0`
  std::string instruction_set;   ///< that its kernels were chosen for, as `AVX512`
  bool cuda = false;             ///< a device can be used
};

SPANLAB_API Hardware hardware();

}  // namespace spanlab
