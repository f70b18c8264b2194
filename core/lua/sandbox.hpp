// SPDX-License-Identifier: MIT
#pragma once

#include <lua.hpp>

namespace spanlab::host::lua {

/// Builds the globals that scripts see: of Lua's own only what has no side effect and does not differ from
/// run to run, `require`, and nothing that can be written to. A Lua function without arguments and results.
int install_sandbox(lua_State* state);

/// Pushes the table of globals.
void push_environment(lua_State* state);

/// Pushes a read-only view of the table on top of the stack and takes the table away. Unknown names are
/// errors that begin with `what`: `lab has no 'encodr'; did you mean 'encoder'?`
void freeze(lua_State* state, const char* what);

/// `require`: "spanlab", or a file below the script's folder or `scripts/`, run once.
int require(lua_State* state);

/// Functions of ours in place of Lua's, where Lua's differ from run to run or print addresses (standard.cpp).
int to_string(lua_State* state);
int next_in_order(lua_State* state);
int pairs_in_order(lua_State* state);
int format(lua_State* state);
int sort(lua_State* state);
int random_seed(lua_State* state);

}  // namespace spanlab::host::lua
