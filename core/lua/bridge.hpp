// SPDX-License-Identifier: MIT
#pragma once

#include <lua.hpp>

namespace spanlab::lua {

using Function = int (*)(lua_State*);

/// Runs one of our functions for Lua. A std::exception that would cross Lua, which would drop it, is kept in the host and goes
/// on as a Lua error; Host::call throws it again.
int guarded(lua_State* state, Function function);

/// True if the error value at `index` stands for a kept exception.
bool is_kept_exception(lua_State* state, int index);

/// The function as Lua may call it.
template <Function kFunction>
int bridged(lua_State* state) {
  return guarded(state, kFunction);
}

}  // namespace spanlab::lua
