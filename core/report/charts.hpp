// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "report/chart.hpp"
#include "report/content.hpp"

namespace spanlab::host {

/// Each varied factor against each metric, the ablations' differences, and the learning curves.
std::vector<Chart> make_charts(const Report& report);

}  // namespace spanlab::host
