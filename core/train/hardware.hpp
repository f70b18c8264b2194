// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "spanlab/export.hpp"
#include "spanlab/precision.hpp"

namespace spanlab::host {

/// What LibTorch computes with on this machine.
struct Hardware {
  std::string libtorch;         ///< version, as `2.13.0`
  std::string instruction_set;  ///< that its kernels were chosen for, as `AVX512`
  bool cuda = false;            ///< a device can be used
  bool fast_bf16 = false;       ///< the processor has instructions for products in bfloat16
};

SPANLAB_API Hardware hardware();

/// Throws Error(environment) if `train.precision` would be slow on this machine's
/// `device`: bf16 on a processor without instructions for it.
SPANLAB_API void check_precision(Precision precision, const std::string& device);

}  // namespace spanlab::host
