// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace spanlab::host::app {

/// The text of --version: program, LibTorch and ABI tag, a line each.
std::string version_text();

}  // namespace spanlab::host::app
