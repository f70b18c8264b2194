// SPDX-License-Identifier: MIT
#include "cli/version.hpp"

namespace spanlab::cli {

std::string version_text() { return "spanlab 0.1.0\n"; }

}  // namespace spanlab::cli
