// SPDX-License-Identifier: MIT
#include "spanlab/encoder.hpp"

namespace spanlab {

Encoder::~Encoder() = default;
std::string Encoder::vocabulary() const { return {}; }
Encoder* Encoder::frozen() { return nullptr; }
std::vector<std::string> Encoder::sparse_tables() const { return {}; }
std::vector<RoundedWeight> Encoder::rounded_weights() const { return {}; }

}  // namespace spanlab
