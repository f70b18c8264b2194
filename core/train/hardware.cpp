// SPDX-License-Identifier: MIT
#include "train/hardware.hpp"

#include <ATen/Version.h>
#include <torch/version.h>

namespace spanlab {

Hardware hardware() { return {TORCH_VERSION, at::get_cpu_capability(), at::hasCUDA()}; }

}  // namespace spanlab
