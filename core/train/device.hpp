// SPDX-License-Identifier: MIT
#pragma once

#include <c10/core/Device.h>

#include <string>

namespace spanlab::host {

/// `cpu` or `cuda`. Throws Error(environment) where there is no CUDA device, Error(usage) for another name.
at::Device device_named(const std::string& name);

}  // namespace spanlab::host
