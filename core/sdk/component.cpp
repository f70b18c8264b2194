// SPDX-License-Identifier: MIT
#include "spanlab/component.hpp"

namespace spanlab {

Registrar::~Registrar() = default;

}  // namespace spanlab
