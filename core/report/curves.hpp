// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "report/chart.hpp"
#include "report/content.hpp"

namespace spanlab::host {

/// The curves over epochs of a table's rows: each metric on the dev split. Without such scores the losses:
/// their weighted sum, which training minimises, and beside it each loss by name, without its weight. What
/// 0.1 stored has no such sum; then the losses stand alone, and say so.
std::vector<Chart> learning_charts(const Report& report, std::size_t table);

}  // namespace spanlab::host
