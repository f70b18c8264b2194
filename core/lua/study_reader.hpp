// SPDX-License-Identifier: MIT
#pragma once

#include "lua/reader.hpp"

namespace spanlab::host::lua {

/// Reads the value that the script returned, at `index` of the stack. Problems go to the host.
Study read_study(Reader& reader, int index, const std::string& script);

}  // namespace spanlab::host::lua
