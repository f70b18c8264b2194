// SPDX-License-Identifier: MIT
#include "train/device.hpp"

#include <ATen/Context.h>
#include <fmt/format.h>

#include "spanlab/error.hpp"

namespace spanlab::host {

at::Device device_named(const std::string& name) {
  if (name != "cpu" && name != "cuda")
    throw Error(ErrorKind::usage, "--device", fmt::format("expected 'cpu' or 'cuda', got '{}'", name));
  if (name == "cuda" && !at::globalContext().hasCUDA()) {
    throw Error(ErrorKind::environment, "--device", "no CUDA device can be used here: expected 'cpu'");
  }
  return at::Device(name);
}

}  // namespace spanlab::host
