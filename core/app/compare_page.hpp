// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/compare.hpp"

namespace spanlab::host::app {

/// One self-contained HTML page, without scripts and without anything from elsewhere.
std::string compare_page(const Compared& compared);

}  // namespace spanlab::host::app
