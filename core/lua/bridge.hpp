// SPDX-License-Identifier: MIT
#pragma once

#include <lua.hpp>

namespace spanlab::host::lua {

using Function = int (*)(lua_State*);

/// Runs one of our functions for Lua. A single problem goes on as a Lua error `place: message`, which scripts
/// can read; any other std::exception, which would be lost on its way through Lua, is kept in the host and
/// thrown again by Host::call.
int guarded(lua_State* state, Function function);

/// True if the error value at `index` stands for a kept exception.
bool is_kept_exception(lua_State* state, int index);

/// The function as Lua may call it.
template <Function kFunction>
int bridged(lua_State* state) {
  return guarded(state, kFunction);
}

}  // namespace spanlab::host::lua
