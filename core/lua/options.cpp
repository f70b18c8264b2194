// SPDX-License-Identifier: MIT
#include "lua/options.hpp"

#include "lua/reader.hpp"

namespace spanlab::host::lua {

namespace {

struct Caller {
  std::string text;    ///< name of the script that called the recipe
  std::string callee;  ///< the recipe's function, as called
  int line = 0;
};

// Who called the function that calls us. Of a tail call, Lua knows no more than where the next function
// stands.
Caller caller(lua_State* state) {
  lua_Debug record;
  Caller result;
  if (lua_getstack(state, 1, &record) && lua_getinfo(state, "n", &record) && record.name)
    result.callee = record.name;
  for (int level = 2; lua_getstack(state, level, &record); ++level) {
    lua_getinfo(state, "Sl", &record);
    if (record.source[0] != '@' || record.currentline <= 0) continue;
    result.text = record.source + 1;
    result.line = record.currentline;
    break;
  }
  return result;
}

// Sets an entry of the table at 3 to that of another table.
void copy(lua_State* state, int from, const std::string& name) {
  lua_pushlstring(state, name.data(), name.size());
  lua_pushvalue(state, -1);
  lua_rawget(state, from);
  lua_rawset(state, 3);
}

}  // namespace

int options(lua_State* state) {
  lua_settop(state, 2);
  if (lua_isnil(state, 1)) {
    lua_newtable(state);
    lua_replace(state, 1);
  }
  if (!lua_istable(state, 1) || !lua_istable(state, 2)) {
    throw Error(
        ErrorKind::usage, place_at(state, 2),
        fmt::format("expected a table of options, got {}", describe(state, lua_istable(state, 1) ? 2 : 1)));
  }
  Host::of(state).tell_options(state);
  const Caller from = caller(state);
  Reader reader(Host::of(state), state);
  const std::vector<std::string> known = reader.keys(2, {});
  const Beside beside = reader.beside(1, from.text, from.line, from.callee, "");
  lua_newtable(state);
  for (const std::string& name : known) {
    copy(state, 2, name);
  }
  for (const std::string& name : reader.keys(1, beside)) {
    if (std::ranges::find(known, name) == known.end()) {
      reader.host().report(beside.of_key(name),
                           fmt::format("unknown key '{}' of {}{}\n   known keys: {}", short_text(name),
                                       from.callee.empty() ? "the recipe" : from.callee,
                                       did_you_mean(name, known), fmt::join(known, ", ")));
      continue;
    }
    copy(state, 1, name);
  }
  return 1;
}

}  // namespace spanlab::host::lua
