// SPDX-License-Identifier: MIT
#include "lua/sandbox.hpp"

#include <array>
#include <initializer_list>

#include "lua/bridge.hpp"
#include "lua/host.hpp"
#include "lua/library.hpp"

namespace spanlab::host::lua {

namespace {

const char kEnvironment = 0;  // its address names the table of globals in Lua's registry

using NameList = std::initializer_list<const char*>;

// What Lua has and scripts do not: named in the message, so that nobody looks for a misspelling.
constexpr std::array<std::string_view, 21> kRemoved{
    "io",      "os",       "debug",          "load",         "loadstring",   "loadfile", "dofile",
    "package", "print",    "collectgarbage", "setmetatable", "getmetatable", "rawget",   "rawset",
    "rawlen",  "rawequal", "utf8",           "_G",           "xpcall",       "warn",     "_VERSION"};

std::vector<std::string> keys(lua_State* state, int table) {
  std::vector<std::string> names;
  table = lua_absindex(state, table);
  for (lua_pushnil(state); lua_next(state, table); lua_pop(state, 1)) {
    if (lua_type(state, -2) == LUA_TSTRING) names.push_back(text_at(state, -2));
  }
  std::ranges::sort(names);
  return names;
}

// __index of a frozen table: upvalue 1 is the table, 2 its name.
int read_frozen(lua_State* state) {
  lua_pushvalue(state, 2);
  if (lua_rawget(state, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  const std::string what = lua_tostring(state, lua_upvalueindex(2));
  const std::string name =
      lua_type(state, 2) == LUA_TSTRING ? short_text(text_at(state, 2)) : describe(state, 2);
  const std::vector<std::string> known = keys(state, lua_upvalueindex(1));
  const std::string place = place_at(state, 1);
  if (!what.empty())
    throw Error(ErrorKind::usage, place,
                fmt::format("{} has no '{}'{}", what, name, did_you_mean(name, known)));
  if (std::ranges::find(kRemoved, name) != kRemoved.end()) {
    throw Error(
        ErrorKind::usage, place,
        fmt::format("'{}' is not available in a study script: it builds a value and does nothing else",
                    name));
  }
  throw Error(ErrorKind::usage, place,
              fmt::format("'{}' is not declared{}", name, did_you_mean(name, known)));
}

int write_frozen(lua_State* state) {
  const std::string what = lua_tostring(state, lua_upvalueindex(1));
  const std::string name =
      lua_type(state, 2) == LUA_TSTRING ? short_text(text_at(state, 2)) : describe(state, 2);
  const std::string text = what.empty()
                               ? fmt::format("'{}' is not declared; write 'local {} = …'", name, name)
                               : fmt::format("{} cannot be changed (it is given '{}')", what, name);
  throw Error(ErrorKind::usage, place_at(state, 1), text);
}

// Copies the named functions of the table on top of the stack into a new one, which takes its place.
void keep(lua_State* state, NameList names) {
  lua_newtable(state);
  for (const char* name : names) {
    lua_getfield(state, -2, name);
    lua_setfield(state, -2, name);
  }
  lua_remove(state, -2);
}

void set(lua_State* state, const char* name, lua_CFunction function) {
  lua_pushcfunction(state, function);
  lua_setfield(state, -2, name);
}

// Opens one of Lua's libraries and leaves only the named functions of it.
void open(lua_State* state, lua_CFunction library, const char* name, NameList names) {
  lua_pushcfunction(state, library);
  lua_pushstring(state, name);
  lua_call(state, 1, 1);
  keep(state, names);
}

void add_strings(lua_State* state) {
  open(state, luaopen_string, "string",
       {"byte", "char", "format", "len", "lower", "rep", "reverse", "sub", "upper"});
  lua_getfield(state, -1, "format");
  lua_pushcclosure(state, bridged<format>, 1);
  lua_setfield(state, -2, "format");
  lua_pushliteral(state, "");
  lua_getmetatable(state, -1);
  lua_pushvalue(state, -3);
  lua_setfield(state, -2, "__index");
  lua_pop(state, 2);
  freeze(state, "string");
  lua_setfield(state, -2, "string");
}

void add_mathematics(lua_State* state) {
  open(state, luaopen_math, "math",
       {"abs",  "acos",   "asin",       "atan", "ceil",       "cos", "deg",        "exp",  "floor",
        "fmod", "huge",   "log",        "max",  "maxinteger", "min", "mininteger", "modf", "pi",
        "rad",  "random", "randomseed", "sin",  "sqrt",       "tan", "tointeger",  "type", "ult"});
  lua_getfield(state, -1, "randomseed");
  lua_pushcclosure(state, bridged<random_seed>, 1);
  lua_pushvalue(state, -1);
  lua_setfield(state, -3, "randomseed");
  lua_pushinteger(state, 0);
  lua_call(state, 1, 0);
  freeze(state, "math");
  lua_setfield(state, -2, "math");
}

void add_tables(lua_State* state) {
  open(state, luaopen_table, "table", {"concat", "insert", "move", "pack", "remove", "unpack"});
  set(state, "sort", bridged<sort>);
  freeze(state, "table");
  lua_setfield(state, -2, "table");
}

void add_coroutines(lua_State* state) {
  open(state, luaopen_coroutine, "coroutine",
       {"close", "create", "isyieldable", "resume", "status", "wrap", "yield"});
  freeze(state, "coroutine");
  lua_setfield(state, -2, "coroutine");
}

}  // namespace

void freeze(lua_State* state, const char* what) {
  lua_newtable(state);
  lua_newtable(state);
  lua_pushvalue(state, -3);
  lua_pushstring(state, what);
  lua_pushcclosure(state, bridged<read_frozen>, 2);
  lua_setfield(state, -2, "__index");
  lua_pushstring(state, what);
  lua_pushcclosure(state, bridged<write_frozen>, 1);
  lua_setfield(state, -2, "__newindex");
  lua_setmetatable(state, -2);
  lua_remove(state, -2);
}

void push_environment(lua_State* state) { lua_rawgetp(state, LUA_REGISTRYINDEX, &kEnvironment); }

int install_sandbox(lua_State* state) {
  lua_pushcfunction(state, luaopen_base);
  lua_call(state, 0, 1);
  keep(state, {"assert", "error", "ipairs", "pcall", "select", "tonumber", "type"});
  set(state, "tostring", bridged<to_string>);
  set(state, "next", bridged<next_in_order>);
  set(state, "pairs", bridged<pairs_in_order>);
  set(state, "require", bridged<require>);
  add_strings(state);
  add_mathematics(state);
  add_tables(state);
  add_coroutines(state);
  freeze(state, "");
  lua_rawsetp(state, LUA_REGISTRYINDEX, &kEnvironment);
  install_library(state);
  return 0;
}

}  // namespace spanlab::host::lua
