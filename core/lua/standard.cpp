// SPDX-License-Identifier: MIT
// Functions in place of Lua's own where those differ from run to run (the order of `pairs` and of equal
// elements under `sort`, seeds from the clock) or print addresses.
#include <compare>
#include <limits>

#include "lua/bridge.hpp"
#include "lua/host.hpp"
#include "lua/library.hpp"
#include "lua/sandbox.hpp"

namespace spanlab::host::lua {

namespace {

// A key that has a place in a fixed order: numbers, then texts, then false and true.
struct Key {
  int rank = 0;
  lua_Number number = 0;
  lua_Integer integer = 0;
  std::string text;
  auto operator<=>(const Key&) const = default;
};

Key key_at(lua_State* state, int index) {
  switch (lua_type(state, index)) {
    case LUA_TNUMBER:
      return {0, lua_tonumber(state, index), lua_isinteger(state, index) ? lua_tointeger(state, index) : 0,
              ""};
    case LUA_TSTRING: {
      std::size_t size = 0;
      const char* text = lua_tolstring(state, index, &size);
      return {1, 0, 0, {text, size}};
    }
    case LUA_TBOOLEAN:
      return {2, 0, lua_toboolean(state, index), ""};
    default:
      luaL_error(state, "a table with keys that are %ss has no fixed order", luaL_typename(state, index));
  }
  return {};
}

bool less(const Key& a, const Key& b) { return (a <=> b) == std::partial_ordering::less; }

// Leaves at `result` the keys of the table at 1 as a list in order.
void push_sorted_keys(lua_State* state) {
  Host::Charge charge(Host::of(state));
  std::vector<Key> keys;
  for (lua_pushnil(state); lua_next(state, 1); lua_pop(state, 1)) {
    Key key = key_at(state, -2);
    charge.add(2 * sizeof(Key) + key.text.size());  // twice, as the list may hold as many places again
    keys.push_back(std::move(key));
  }
  std::ranges::sort(keys, less);
  lua_createtable(state, static_cast<int>(keys.size()), 0);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Key& key = keys[i];
    if (key.rank == 1)
      lua_pushlstring(state, key.text.data(), key.text.size());
    else if (key.rank == 2)
      lua_pushboolean(state, key.integer != 0);
    else if (static_cast<lua_Number>(key.integer) == key.number)
      lua_pushinteger(state, key.integer);
    else
      lua_pushnumber(state, key.number);
    lua_rawseti(state, -2, static_cast<lua_Integer>(i) + 1);
  }
}

// The iterator of `pairs`: upvalue 1 is the list of keys, 2 how many are done. Keys that have gone meanwhile
// are passed over. A script may call it with anything.
int step(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  lua_Integer at = lua_tointeger(state, lua_upvalueindex(2));
  for (;;) {
    ++at;
    if (lua_rawgeti(state, lua_upvalueindex(1), at) == LUA_TNIL) return 1;
    lua_pushvalue(state, -1);
    if (lua_rawget(state, 1) != LUA_TNIL) break;
    lua_pop(state, 2);
  }
  lua_pushinteger(state, at);
  lua_replace(state, lua_upvalueindex(2));
  return 2;
}

// What `tostring` gives: text without an address.
void push_text(lua_State* state, int index) {
  switch (lua_type(state, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
      luaL_tolstring(state, index, nullptr);
      break;
    default:
      lua_pushstring(state, node_text(state, index).c_str());
  }
}

// True if `b` must stand before `a`; the order function, if any, is at 2.
bool out_of_order(lua_State* state, lua_Integer a, lua_Integer b) {
  const bool own = !lua_isnoneornil(state, 2);
  if (own) lua_pushvalue(state, 2);
  lua_geti(state, 1, b);
  lua_geti(state, 1, a);
  bool result;
  if (own) {
    lua_call(state, 2, 1);
    result = lua_toboolean(state, -1);
    lua_pop(state, 1);
  } else {
    result = lua_compare(state, -2, -1, LUA_OPLT);
    lua_pop(state, 2);
  }
  return result;
}

}  // namespace

int to_string(lua_State* state) {
  luaL_checkany(state, 1);
  push_text(state, 1);
  return 1;
}

int next_in_order(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  const bool first = lua_isnoneornil(state, 2);
  const Key after = first ? Key{} : key_at(state, 2);
  std::optional<Key> best;
  lua_settop(state, 2);
  lua_pushnil(state);  // 3: the key found
  for (lua_pushnil(state); lua_next(state, 1); lua_pop(state, 1)) {
    Key key = key_at(state, -2);
    if ((!first && !less(after, key)) || (best && !less(key, *best))) continue;
    best = std::move(key);
    lua_pushvalue(state, -2);
    lua_replace(state, 3);
  }
  lua_settop(state, 3);
  if (!best) return 1;
  lua_pushvalue(state, 3);
  lua_rawget(state, 1);
  return 2;
}

int pairs_in_order(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  push_sorted_keys(state);
  lua_pushinteger(state, 0);
  lua_pushcclosure(state, bridged<step>, 2);
  lua_pushvalue(state, 1);
  return 2;
}

int format(lua_State* state) {
  std::size_t size = 0;
  const char* text = luaL_checklstring(state, 1, &size);
  for (std::string_view rest(text, size); !rest.empty();) {
    std::size_t sign = rest.find('%');
    if (sign == rest.npos) break;
    std::size_t end = rest.find_first_not_of("-+ #0123456789.", sign + 1);
    if (end != rest.npos && rest[end] == 'p')
      return luaL_error(state, "string.format: '%%p' is not available: addresses differ from run to run");
    rest.remove_prefix(std::min(rest.size(), end == rest.npos ? rest.size() : end + 1));
  }
  const int last = lua_gettop(state);
  for (int i = 2; i <= last; ++i) {
    if (lua_type(state, i) < LUA_TTABLE && lua_type(state, i) != LUA_TLIGHTUSERDATA) continue;
    push_text(state, i);
    lua_replace(state, i);
  }
  lua_pushvalue(state, lua_upvalueindex(1));
  lua_insert(state, 1);
  lua_call(state, last, 1);
  return 1;
}

int sort(lua_State* state) {
  luaL_checktype(state, 1, LUA_TTABLE);
  if (!lua_isnoneornil(state, 2)) luaL_checktype(state, 2, LUA_TFUNCTION);
  const lua_Integer size = luaL_len(state, 1);
  // A table with holes can have any border for its length.
  constexpr lua_Integer kMost = std::numeric_limits<int>::max();
  luaL_argcheck(state, size >= 0 && size < kMost, 1, "array too big");
  Host::Charge charge(Host::of(state));
  charge.add(2 * sizeof(lua_Integer) * static_cast<std::size_t>(size));
  std::vector<lua_Integer> order(static_cast<std::size_t>(size)), merged(order.size());
  for (lua_Integer i = 0; i < size; ++i) order[static_cast<std::size_t>(i)] = i + 1;
  // Merging from below: stable, and bounded whatever the order function says.
  for (std::size_t width = 1; width < order.size(); width *= 2) {
    for (std::size_t begin = 0; begin < order.size(); begin += 2 * width) {
      std::size_t left = begin, middle = std::min(begin + width, order.size()), right = middle,
                  end = std::min(begin + 2 * width, order.size());
      for (std::size_t out = begin; out < end; ++out) {
        bool take_right = left == middle || (right < end && out_of_order(state, order[left], order[right]));
        merged[out] = take_right ? order[right++] : order[left++];
      }
    }
    order.swap(merged);
  }
  lua_createtable(state, static_cast<int>(size), 0);
  for (lua_Integer i = 1; i <= size; ++i) {
    lua_geti(state, 1, order[static_cast<std::size_t>(i - 1)]);
    lua_rawseti(state, -2, i);
  }
  for (lua_Integer i = 1; i <= size; ++i) {
    lua_rawgeti(state, -1, i);
    lua_seti(state, 1, i);
  }
  return 0;
}

int random_seed(lua_State* state) {
  const lua_Integer seed = luaL_checkinteger(state, 1);
  lua_pushvalue(state, lua_upvalueindex(1));
  lua_pushinteger(state, seed);
  lua_call(state, 1, 0);
  return 0;
}

}  // namespace spanlab::host::lua
