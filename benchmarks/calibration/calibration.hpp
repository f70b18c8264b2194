// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "statistics/system_counts.hpp"

namespace spanlab::host::calibration {

/// Of each side of a comparison.
inline constexpr std::size_t kSeeds = 3;

/// Rejections at 5 % of each test over `draws` comparisons of each kind, on F1, for all documents and for the
/// first of them, as if the test part were shorter. What is compared says reports/statistics/README.md. Both
/// systems need 2 · kSeeds seeds and the same documents (std::invalid_argument).
nlohmann::json calibrate(const SystemCounts& a, const SystemCounts& b, std::size_t draws);

}  // namespace spanlab::host::calibration
