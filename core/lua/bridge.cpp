// SPDX-License-Identifier: MIT
#include "lua/bridge.hpp"

#include "lua/host.hpp"

namespace spanlab::lua {

int guarded(lua_State* state, Function function) {
  Host& host = Host::of(state);
  try {
    return function(state);
  } catch (const std::exception&) {  // Lua's own errors are no std::exception and pass
    host.kept() = std::current_exception();
  }
  lua_pushlightuserdata(state, &host.kept());
  return lua_error(state);
}

bool is_kept_exception(lua_State* state, int index) {
  return lua_islightuserdata(state, index) && lua_touserdata(state, index) == &Host::of(state).kept();
}

}  // namespace spanlab::lua
