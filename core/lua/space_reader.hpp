// SPDX-License-Identifier: MIT
#pragma once

#include "lua/reader.hpp"
#include "study/space.hpp"

namespace spanlab::host::lua {

/// Reads the space at `index` of the stack. Its conditions call into the script: they live as long as the
/// reader's host.
Space read_space(Reader& reader, int index);

}  // namespace spanlab::host::lua
