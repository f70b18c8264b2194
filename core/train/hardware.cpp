// SPDX-License-Identifier: MIT
#include "train/hardware.hpp"

#include <ATen/Version.h>
#include <torch/version.h>

#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

// Processors with AMX have these too.
bool has_bf16_instructions() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

}  // namespace

Hardware hardware() {
  return {TORCH_VERSION, at::get_cpu_capability(), at::hasCUDA(), has_bf16_instructions()};
}

void check_precision(Precision precision, const std::string& device) {
  if (device != "cpu" || precision != Precision::bf16 || hardware().fast_bf16) return;
  throw Error(ErrorKind::environment, "train.precision",
              "\"bf16\" is slower than \"float32\" on this processor, which has neither AVX512_BF16 nor AMX; "
              "set it to \"float32\" or run "
              "where there is one of them or a GPU");
}

}  // namespace spanlab::host
