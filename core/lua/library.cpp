// SPDX-License-Identifier: MIT
#include "lua/library.hpp"

#include <array>

#include "lua/bridge.hpp"
#include "lua/host.hpp"
#include "lua/options.hpp"
#include "lua/sandbox.hpp"

namespace spanlab::host::lua {

namespace {

const char kLibrary = 0;  // their addresses name the library and the nodes' metatable in Lua's registry
const char kMetatable = 0;

constexpr std::array<std::string_view, 17> kNames{
    "encoder", "head",    "loss", "sampler", "labeler",  "data",  "study", "model", "task",
    "grid",    "product", "zip",  "union",   "variants", "where", "when",  "sample"};

// Where a call stands: the running line, or, for a tail call, whose line Lua has forgotten, where its
// function was looked up.
struct CallPlace {
  std::string text;
  int line = 0;
};

std::optional<CallPlace> running_line(lua_State* state) {
  lua_Debug record;
  if (!lua_getstack(state, 1, &record)) return std::nullopt;
  lua_getinfo(state, "Sl", &record);
  if (record.source[0] != '@') return std::nullopt;
  return CallPlace{record.source + 1, record.currentline};
}

bool is_tail_call(lua_State* state) {
  lua_Debug record;
  return lua_getstack(state, 0, &record) && lua_getinfo(state, "t", &record) && record.istailcall;
}

Node* push_node(lua_State* state, NodeKind kind, const CallPlace& place) {
  Node* node = static_cast<Node*>(lua_newuserdatauv(state, sizeof(Node), kParts));
  *node = {kind, place.line, false};
  lua_pushstring(state, place.text.c_str());
  lua_setiuservalue(state, -2, kText);
  lua_rawgetp(state, LUA_REGISTRYINDEX, &kMetatable);
  lua_setmetatable(state, -2);
  return node;
}

void set_part(lua_State* state, int node, NodePart part, int value) {
  node = lua_absindex(state, node);
  lua_pushvalue(state, value);
  lua_setiuservalue(state, node, part);
}

std::string usage(NodeKind kind) {
  const std::string_view name = to_text(kind);
  switch (kind) {
    case NodeKind::where:
      return "space:where(function(point) … end)";
    case NodeKind::when:
      return "space:when { path = value } or space:when(function(point) … end)";
    case NodeKind::sample:
      return "space:sample(number, seed)";
    default:
      return takes_name(kind) ? fmt::format("lab.{} \"name\" {{ … }}", name)
                              : fmt::format("lab.{} {{ … }}", name);
  }
}

void report_usage(lua_State* state, NodeKind kind, const CallPlace& place, int given) {
  Host::of(state).report(
      fmt::format("{}:{}", place.text, place.line),
      fmt::format("{}: expected {}, got {}", to_text(kind), usage(kind), describe(state, given)));
}

// What a node was given wrongly is reported and replaced, so that the rest of the script is checked as well.
void set_table(lua_State* state, NodeKind kind, const CallPlace& place, int node, int value) {
  node = lua_absindex(state, node);
  if (lua_istable(state, value)) {
    set_part(state, node, kFirst, value);
  } else {
    report_usage(state, kind, place, value);
    lua_newtable(state);
    lua_setiuservalue(state, node, kFirst);
  }
}

void set_operands(lua_State* state, NodeKind kind, const CallPlace& place, int node) {
  node = lua_absindex(state, node);
  const Node* space = node_at(state, 1);
  bool fits = space && is_space(space->kind);
  if (kind == NodeKind::where) fits = fits && lua_isfunction(state, 2);
  if (kind == NodeKind::when) fits = fits && (lua_isfunction(state, 2) || lua_istable(state, 2));
  if (kind == NodeKind::sample)
    fits = fits && lua_isinteger(state, 2) && lua_isinteger(state, 3) && lua_tointeger(state, 2) > 0 &&
           lua_tointeger(state, 3) >= 0;
  if (!fits)
    throw Error(ErrorKind::usage, fmt::format("{}:{}", place.text, place.line),
                fmt::format("{}: expected {}", to_text(kind), usage(kind)));
  set_part(state, node, kFirst, 1);
  set_part(state, node, kSecond, 2);
  set_part(state, node, kThird, 3);
}

// A function of the library. Upvalues: kind, text and line of the look-up.
int construct(lua_State* state) {
  const NodeKind kind = static_cast<NodeKind>(lua_tointeger(state, lua_upvalueindex(1)));
  CallPlace place{lua_tostring(state, lua_upvalueindex(2)),
                  static_cast<int>(lua_tointeger(state, lua_upvalueindex(3)))};
  if (!is_tail_call(state)) place = running_line(state).value_or(place);
  lua_settop(state, 3);
  Node* node = push_node(state, kind, place);
  if (takes_name(kind)) {
    if (lua_type(state, 1) == LUA_TSTRING) {
      set_part(state, -1, kId, 1);
      return 1;
    }
    report_usage(state, kind, place, 1);
    if (!lua_istable(state, 1)) return 1;
    set_part(state, -1, kFirst, 1);
  } else if (kind == NodeKind::where || kind == NodeKind::when || kind == NodeKind::sample) {
    set_operands(state, kind, place, -1);
  } else {
    set_table(state, kind, place, -1, 1);
  }
  node->complete = true;
  return 1;
}

// __call: the table after the name.
int complete(lua_State* state) {
  const Node* begun = node_at(state, 1);
  const CallPlace place{node_string(state, 1, kText), begun->line};
  if (begun->complete) {
    throw Error(ErrorKind::usage, place_at(state, 1),
                fmt::format("{} is complete; expected {} (is a comma missing before the next table?)",
                            node_text(state, 1), usage(begun->kind)));
  }
  lua_settop(state, 2);
  Node* node = push_node(state, begun->kind, place);
  lua_getiuservalue(state, 1, kId);
  lua_setiuservalue(state, -2, kId);
  set_table(state, node->kind, place, 3, 2);
  node->complete = true;
  return 1;
}

void push_function(lua_State* state, NodeKind kind) {
  CallPlace place = running_line(state).value_or(CallPlace{});
  lua_pushinteger(state, static_cast<lua_Integer>(kind));
  lua_pushstring(state, place.text.c_str());
  lua_pushinteger(state, place.line);
  lua_pushcclosure(state, bridged<construct>, 3);
}

// `lab.NAME`, or `space:NAME` with only the last three names.
int look_up(lua_State* state, std::size_t first, const std::string& what) {
  const std::string name = lua_type(state, 2) == LUA_TSTRING ? text_at(state, 2) : describe(state, 2);
  for (std::size_t i = first; i < kNames.size(); ++i) {
    if (kNames[i] != name) continue;
    push_function(state, static_cast<NodeKind>(i));
    return 1;
  }
  std::vector<std::string> known(kNames.begin() + static_cast<std::ptrdiff_t>(first), kNames.end());
  throw Error(ErrorKind::usage, place_at(state, 1),
              fmt::format("{} has no '{}'{}", what, short_text(name), did_you_mean(name, known)));
}

int library_index(lua_State* state) {
  if (text_at(state, 2) != "options") return look_up(state, 0, "spanlab");
  lua_pushcfunction(state, bridged<options>);
  return 1;
}

int node_index(lua_State* state) {
  const Node* node = node_at(state, 1);
  constexpr std::size_t kFirstMethod = static_cast<std::size_t>(NodeKind::where);
  return look_up(state, is_space(node->kind) ? kFirstMethod : kNames.size(), node_text(state, 1));
}

int node_to_string(lua_State* state) {
  const std::string text = node_text(state, 1);
  lua_pushlstring(state, text.data(), text.size());
  return 1;
}

int refuse_change(lua_State* state) {
  throw Error(ErrorKind::usage, place_at(state, 1),
              fmt::format("{} cannot be changed once it is made", node_text(state, 1)));
}

void set_function(lua_State* state, const char* name, lua_CFunction function) {
  lua_pushcfunction(state, function);
  lua_setfield(state, -2, name);
}

}  // namespace

std::string_view to_text(NodeKind kind) { return kNames[static_cast<std::size_t>(kind)]; }
bool takes_name(NodeKind kind) { return kind <= NodeKind::study || kind == NodeKind::variants; }
bool is_space(NodeKind kind) { return kind >= NodeKind::grid; }

const Node* node_at(lua_State* state, int index) {
  if (lua_type(state, index) != LUA_TUSERDATA || !lua_getmetatable(state, index)) return nullptr;
  lua_rawgetp(state, LUA_REGISTRYINDEX, &kMetatable);
  const bool ours = lua_rawequal(state, -1, -2);
  lua_pop(state, 2);
  return ours ? static_cast<const Node*>(lua_touserdata(state, index)) : nullptr;
}

std::string node_string(lua_State* state, int index, NodePart part) {
  lua_getiuservalue(state, index, part);
  std::string text = text_at(state, -1);
  lua_pop(state, 1);
  return text;
}

std::string node_text(lua_State* state, int index) {
  const Node* node = node_at(state, index);
  if (!node) return luaL_typename(state, index);
  const std::string id = node_string(state, index, kId);
  return std::string(to_text(node->kind)) + (id.empty() ? "" : " \"" + short_text(id) + "\"");
}

void install_library(lua_State* state) {
  lua_newtable(state);
  set_function(state, "__index", bridged<node_index>);
  set_function(state, "__newindex", bridged<refuse_change>);
  set_function(state, "__call", bridged<complete>);
  set_function(state, "__tostring", bridged<node_to_string>);
  lua_rawsetp(state, LUA_REGISTRYINDEX, &kMetatable);
  lua_newtable(state);
  freeze(state, "spanlab");
  lua_getmetatable(state, -1);
  set_function(state, "__index", bridged<library_index>);
  lua_pop(state, 1);
  lua_rawsetp(state, LUA_REGISTRYINDEX, &kLibrary);
}

void push_library(lua_State* state) { lua_rawgetp(state, LUA_REGISTRYINDEX, &kLibrary); }

}  // namespace spanlab::host::lua
