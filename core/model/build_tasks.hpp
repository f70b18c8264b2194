// SPDX-License-Identifier: MIT
#pragma once

#include "model/setup.hpp"

namespace spanlab::host {

/// The tasks of a model over an encoder of this width, each after the one that gives its spans. Throws
/// Error(usage) with every problem of the configuration.
std::vector<Task> build_tasks(const ModelSetup& setup, std::int64_t width);

}  // namespace spanlab::host
