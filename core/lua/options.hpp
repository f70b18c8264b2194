// SPDX-License-Identifier: MIT
#pragma once

#include <lua.hpp>

namespace spanlab::host::lua {

/// `lab.options(given, defaults)` for recipes: `defaults` with what the caller of the recipe has given over
/// them. Unknown names, positional items and nil values are reported at the caller's line, so that a recipe
/// ignores nothing either.
int options(lua_State* state);

}  // namespace spanlab::host::lua
