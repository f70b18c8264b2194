// SPDX-License-Identifier: MIT
#include "spanlab/loss.hpp"

namespace spanlab {

Loss::~Loss() = default;
bool Loss::accepts(std::int64_t columns, std::int64_t types) const { return columns == types; }

}  // namespace spanlab
