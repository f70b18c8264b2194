// SPDX-License-Identifier: MIT
#include "lua/host.hpp"
#include "lua/library.hpp"
#include "lua/sandbox.hpp"

namespace spanlab::host::lua {

namespace {

const char kModules = 0;  // its address names the table of modules in Lua's registry
const char kRunning = 0;  // stands in that table for a module that has not returned yet

bool is_module_name(std::string_view name) {
  if (name.empty() || name.size() > 200 || name.front() == '.' || name.back() == '.' ||
      name.find("..") != name.npos)
    return false;
  return std::ranges::all_of(
      name, [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == '.'; });
}

// The file of a module below `folder`, with links resolved, or nothing. A link that leads out of the folder
// is no module.
std::optional<std::filesystem::path> file_below(const std::filesystem::path& folder,
                                                const std::string& relative) {
  std::error_code error;
  std::filesystem::path root = std::filesystem::canonical(folder.empty() ? "." : folder, error);
  if (error) return std::nullopt;
  std::filesystem::path file = std::filesystem::canonical(root / relative, error);
  if (error || std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first != root.end())
    return std::nullopt;
  return file;
}

void push_modules(lua_State* state) {
  if (lua_rawgetp(state, LUA_REGISTRYINDEX, &kModules) == LUA_TTABLE) return;
  lua_pop(state, 1);
  lua_newtable(state);
  lua_pushvalue(state, -1);
  lua_rawsetp(state, LUA_REGISTRYINDEX, &kModules);
}

void load_module(lua_State* state, const std::string& name) {
  Host& host = Host::of(state);
  std::string relative = name;
  std::ranges::replace(relative, '.', '/');
  relative += ".lua";
  std::string tried;
  for (const std::filesystem::path& folder : host.modules()) {
    if (auto file = file_below(folder, relative)) {
      host.load(state, *file, relative);
      return;
    }
    tried += fmt::format("\n   tried {}", (folder / relative).string());
  }
  throw Error(ErrorKind::usage, place_at(state, 1), fmt::format("no module '{}'{}", name, tried));
}

}  // namespace

int require(lua_State* state) {
  std::size_t size = 0;
  const char* text = luaL_checklstring(state, 1, &size);
  const std::string name(text, size);
  if (name == "spanlab") {
    push_library(state);
    return 1;
  }
  if (!is_module_name(name)) {
    throw Error(ErrorKind::usage, place_at(state, 1),
                fmt::format("require \"{}\": expected a name such as \"recipes.spert\"; modules are read "
                            "from scripts/ and the study's folder alone",
                            short_text(name)));
  }
  push_modules(state);
  lua_getfield(state, -1, name.c_str());
  if (lua_islightuserdata(state, -1))
    throw Error(ErrorKind::usage, place_at(state, 1), fmt::format("module '{}' requires itself", name));
  if (!lua_isnil(state, -1)) return 1;
  lua_pop(state, 1);
  lua_pushlightuserdata(state, const_cast<char*>(&kRunning));
  lua_setfield(state, -2, name.c_str());
  load_module(state, name);
  lua_call(state, 0, 1);
  if (lua_isnil(state, -1))
    throw Error(ErrorKind::usage, place_at(state, 1), fmt::format("module '{}' returns nothing", name));
  lua_pushvalue(state, -1);
  lua_setfield(state, -3, name.c_str());
  return 1;
}

}  // namespace spanlab::host::lua
