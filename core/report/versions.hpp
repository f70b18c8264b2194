// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/results.hpp"

namespace spanlab::host {

/// The versions of libraries and plugins that the finished trials were computed with, `LibTorch 2.13.0, …`,
/// each once; empty where none was stored.
std::string versions_text(const std::vector<TrialResult>& trials);

}  // namespace spanlab::host
