// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace spanlab::host::app {

/// What a plugin asks for when it is built against this program, as `0.3`.
std::string version_line();

/// The text of --version: program, LibTorch and ABI tag, a line each.
std::string version_text();

}  // namespace spanlab::host::app
