// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "spanlab/export.hpp"

namespace spanlab {

/// 6192205 as `6,192,205`. `number` is not negative.
SPANLAB_API std::string with_commas(std::int64_t number);

}  // namespace spanlab
