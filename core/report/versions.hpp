// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/results.hpp"

namespace spanlab::host {

/// Spanlab and the libraries that the trials were computed with, in a sentence; versions that not all
/// finished trials share are said to differ.
std::string versions_text(const std::vector<TrialResult>& trials);

}  // namespace spanlab::host
