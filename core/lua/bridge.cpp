// SPDX-License-Identifier: MIT
#include "lua/bridge.hpp"

#include "lua/host.hpp"

namespace spanlab::host::lua {

int guarded(lua_State* state, Function function) {
  Host& host = Host::of(state);
  std::string text;
  try {
    return function(state);
  } catch (const Error& error) {  // Lua's own errors are no std::exception and pass
    if (error.kind() == ErrorKind::usage && error.problems().size() == 1)
      text = error.what();
    else
      host.kept() = std::current_exception();
  } catch (const std::exception&) {
    host.kept() = std::current_exception();
  }
  if (text.empty())
    lua_pushlightuserdata(state, &host.kept());
  else
    lua_pushlstring(state, text.data(), text.size());
  return lua_error(state);
}

bool is_kept_exception(lua_State* state, int index) {
  return lua_islightuserdata(state, index) && lua_touserdata(state, index) == &Host::of(state).kept();
}

}  // namespace spanlab::host::lua
