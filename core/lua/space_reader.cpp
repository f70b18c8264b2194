// SPDX-License-Identifier: MIT
#include "lua/space_reader.hpp"

#include "lua/bridge.hpp"
#include "text/names.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::lua {

namespace {

SpaceOperation operation_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::zip:
      return SpaceOperation::zip;
    case NodeKind::product:
      return SpaceOperation::product;
    case NodeKind::union_of:
      return SpaceOperation::union_of;
    case NodeKind::variants:
      return SpaceOperation::variants;
    case NodeKind::where:
      return SpaceOperation::where;
    case NodeKind::when:
      return SpaceOperation::when;
    case NodeKind::sample:
      return SpaceOperation::sample;
    default:
      return SpaceOperation::grid;
  }
}

struct PushValue {
  lua_State* state;
  void operator()(std::monostate) const { lua_newtable(state); }
  void operator()(bool value) const { lua_pushboolean(state, value); }
  void operator()(std::int64_t value) const { lua_pushinteger(state, value); }
  void operator()(double value) const { lua_pushnumber(state, value); }
  void operator()(const std::string& value) const { lua_pushlstring(state, value.data(), value.size()); }
  template <typename Item>
  void operator()(const std::vector<Item>& items) const {
    lua_newtable(state);
    for (std::size_t i = 0; i < items.size(); ++i) {
      (*this)(items[i]);
      lua_rawseti(state, -2, static_cast<lua_Integer>(i) + 1);
    }
  }
};

// A component shows as its id.
void push_setting(lua_State* state, const Setting& setting) {
  if (!setting.kind.empty())
    PushValue{state}(setting.id);
  else
    std::visit(PushValue{state}, setting.value);
}

void push_point(lua_State* state, const std::string& prefix);

// __index of a point: upvalue 1 maps paths to values, 2 is the path so far. `p["encoder.frozen"]` and
// `p.encoder.frozen` are the same.
int read_point(lua_State* state) {
  const std::string name = lua_type(state, 2) == LUA_TSTRING ? text_at(state, 2) : describe(state, 2);
  const std::string path = text_at(state, lua_upvalueindex(2)) + name;
  lua_pushlstring(state, path.data(), path.size());
  if (lua_rawget(state, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  std::vector<std::string> known;
  for (lua_pushnil(state); lua_next(state, lua_upvalueindex(1)); lua_pop(state, 1)) {
    known.push_back(text_at(state, -2));
    if (!known.back().starts_with(path + '.')) continue;
    lua_pushvalue(state, lua_upvalueindex(1));
    push_point(state, path + '.');
    return 1;
  }
  std::ranges::sort(known);
  throw Error(ErrorKind::usage, place_at(state, 1),
              fmt::format("'{}' does not vary here{}\n   varied: {}", short_text(path),
                          did_you_mean(path, known), fmt::join(known, ", ")));
}

// Turns the table of values on top of the stack into a point that scripts can read.
void push_point(lua_State* state, const std::string& prefix) {
  lua_newtable(state);
  lua_newtable(state);
  lua_pushvalue(state, -3);
  lua_pushlstring(state, prefix.data(), prefix.size());
  lua_pushcclosure(state, bridged<read_point>, 2);
  lua_setfield(state, -2, "__index");
  lua_setmetatable(state, -2);
  lua_remove(state, -2);
}

// The condition that is the script's function on top of the stack, which it takes.
std::function<bool(const Point&)> script_condition(Host& host, const Origin& origin,
                                                   const std::string& what) {
  const int function = luaL_ref(host.state(), LUA_REGISTRYINDEX);
  return [&host, origin, what, function](const Point& point) {
    lua_State* state = host.state();
    lua_rawgeti(state, LUA_REGISTRYINDEX, function);
    lua_newtable(state);
    for (const Assignment& assignment : point) {
      lua_pushlstring(state, assignment.path.data(), assignment.path.size());
      push_setting(state, assignment.setting);
      lua_rawset(state, -3);
    }
    push_point(state, "");
    host.call(1, 1);
    if (!lua_isboolean(state, -1)) {
      throw Error(
          ErrorKind::usage, origin,
          fmt::format("{}: the function must return true or false, got {}", what, describe(state, -1)));
    }
    const bool result = lua_toboolean(state, -1);
    lua_pop(state, 1);
    return result;
  };
}

std::vector<Axis> read_axes(Reader& reader, int table, const Beside& beside, const std::string& name) {
  std::vector<Axis> axes;
  reader.each_entry(
      table, beside, name, [&](const std::string& path, const Origin& origin, const Beside& inside) {
        lua_State* state = reader.state();
        const int list = lua_gettop(state);
        const bool empty =
            lua_istable(state, list) && lua_rawlen(state, list) == 0 && reader.keys(list, inside).empty();
        if (!lua_istable(state, list) || (!empty && !reader.is_list(list))) {
          reader.report_unexpected(list, origin, path, "a list of values");
          return;
        }
        Axis axis{path, origin, {}};
        const std::size_t count = reader.items(list, inside);
        for (std::size_t i = 0; i < count; ++i) {
          lua_rawgeti(state, list, static_cast<lua_Integer>(i) + 1);
          axis.values.push_back(reader.setting(-1, inside.inside_item(i), path));
          lua_pop(state, 1);
        }
        axes.push_back(std::move(axis));
      });
  return axes;
}

void read_parts(Reader& reader, Space& space, int table, const Beside& beside, const std::string& name) {
  lua_State* state = reader.state();
  const std::size_t before = reader.host().problems().size();
  const std::size_t count = reader.items(table, beside);
  for (std::size_t i = 0; i < count; ++i) {
    lua_rawgeti(state, table, static_cast<lua_Integer>(i) + 1);
    const Node* node = node_at(state, -1);
    if (node && is_space(node->kind))
      space.parts.push_back(read_space(reader, -1));
    else
      reader.report_unexpected(-1, beside.of_item(i), fmt::format("{}: item {}", name, i + 1),
                               "a space (grid, zip, product, union, …)");
    lua_pop(state, 1);
  }
  if (count == 0 && reader.host().problems().size() == before)
    reader.host().report(beside.origin, name + ": expected at least one space");
}

// The name that tells the variants apart, and what each changes.
void read_variants(Reader& reader, Space& space, int table, const Beside& beside, const std::string& name) {
  space.name = name;
  if (name.empty() || name.find('.') != name.npos || !wrong_name(Named::variant, name).empty()) {
    reader.host().report(beside.origin,
                         fmt::format("variants \"{}\": expected a name without a dot", short_text(name)));
  }
  const std::size_t before = reader.host().problems().size();
  reader.each_entry(
      table, beside, "variants", [&](const std::string& label, const Origin& origin, const Beside& inside) {
        if (std::string wrong = wrong_name(Named::variant, label); !wrong.empty())
          reader.host().report(origin, std::move(wrong));
        if (std::ranges::find(space.variants, label, &NamedPoint::name) != space.variants.end())
          reader.host().report(origin, fmt::format("variants: '{}' stands twice", label));
        space.variants.push_back(
            {printable(label), origin, reader.point(lua_gettop(reader.state()), inside, label)});
      });
  if (!space.variants.empty() || reader.host().problems().size() > before) return;
  reader.host().report(beside.origin,
                       "variants: expected at least one: { { [\"without X\"] = { [\"path\"] = value } } }");
}

// where, when, sample: a space and what is done with it.
void read_operands(Reader& reader, Space& space, int index, const std::string& name) {
  lua_State* state = reader.state();
  lua_getiuservalue(state, index, kFirst);
  space.parts.push_back(read_space(reader, -1));
  lua_getiuservalue(state, index, kSecond);
  if (space.operation == SpaceOperation::sample) {
    lua_getiuservalue(state, index, kThird);
    space.count = lua_tointeger(state, -2);
    space.seed = static_cast<std::uint64_t>(lua_tointeger(state, -1));
    lua_pop(state, 3);
  } else if (lua_isfunction(state, -1)) {
    space.condition = script_condition(reader.host(), space.origin, name);
    lua_pop(state, 1);
  } else {
    Point wanted = reader.point(lua_gettop(state), {space.origin}, name);
    space.condition = [wanted](const Point& point) { return matches(point, wanted); };
    lua_pop(state, 2);
  }
}

}  // namespace

Space read_space(Reader& reader, int index) {
  lua_State* state = reader.state();
  index = lua_absindex(state, index);
  luaL_checkstack(state, 12, "spaces too deep");
  const NodeKind kind = node_at(state, index)->kind;
  const std::string name(to_text(kind));
  const Beside beside = reader.beside(index);
  const Reader::Nested nested(reader, beside.origin);
  reader.host().charge(sizeof(Space) + beside.origin.size());
  const std::size_t before = reader.host().problems().size();
  Space space{.operation = operation_of(kind), .origin = beside.origin};
  if (kind == NodeKind::where || kind == NodeKind::when || kind == NodeKind::sample) {
    read_operands(reader, space, index, name);
    return space;
  }
  reader.push_table(index);
  const int table = lua_gettop(state);
  if (kind == NodeKind::grid || kind == NodeKind::zip) {
    space.axes = read_axes(reader, table, beside, name);
    if (space.axes.empty() && reader.host().problems().size() == before) {
      reader.host().report(
          beside.origin,
          fmt::format("{}: expected paths and their values: {{ [\"train.epochs\"] = {{ 5, 10 }} }}", name));
    }
  } else if (kind == NodeKind::variants) {
    read_variants(reader, space, table, beside, node_string(state, index, kId));
  } else {
    read_parts(reader, space, table, beside, name);
  }
  lua_settop(state, table - 1);
  return space;
}

}  // namespace spanlab::host::lua
