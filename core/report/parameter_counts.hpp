// SPDX-License-Identifier: MIT
#pragma once

#include "report/lines.hpp"
#include "report/results.hpp"

namespace spanlab::host {

/// The numbers of trained parameters by part. Where rows differ, each has a line with its sum and the parts
/// that others have otherwise.
Lines parameter_lines(const std::vector<TrialResult>& trials);

}  // namespace spanlab::host
