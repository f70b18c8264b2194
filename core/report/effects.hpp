// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "store/report_request.hpp"

namespace spanlab::host {

/// The effect sizes that a study asks for, of a row's seeds against another row's; those that are undefined,
/// as Cohen's d of seeds that do not differ, are left out.
std::vector<std::pair<Effect, double>> effect_sizes(std::span<const double> values,
                                                    std::span<const double> others,
                                                    const std::vector<Effect>& effects);

}  // namespace spanlab::host
