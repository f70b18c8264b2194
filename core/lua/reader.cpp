// SPDX-License-Identifier: MIT
#include "lua/reader.hpp"

#include <cmath>

#include "sdk/utf8.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::lua {

namespace {

constexpr int kDeepest = 32;  // tables inside tables
constexpr int kDeepestSpace = 1000;

bool is_utf8(std::string_view text) { return find_invalid_utf8(text) == text.npos; }

}  // namespace

void Reader::push_table(int index) const {
  if (lua_getiuservalue(state_, index, kFirst) == LUA_TTABLE) return;
  lua_pop(state_, 1);
  lua_newtable(state_);
}

void Reader::report_unexpected(int index, const Origin& origin, const std::string& name,
                               const std::string& expected) {
  const std::string given = node_at(state_, index) ? node_text(state_, index) : describe(state_, index);
  host_.report(origin, fmt::format("{}: expected {}, got {}", name, expected, given));
}

std::vector<std::string> Reader::keys(int index, const Beside& beside) {
  index = lua_absindex(state_, index);
  Host::Charge charge(host_);
  std::vector<std::string> names;
  std::map<lua_Integer, std::string> positional;
  for (lua_pushnil(state_); lua_next(state_, index); lua_pop(state_, 1)) {
    if (lua_type(state_, -2) == LUA_TSTRING) {
      charge.add(sizeof(std::string) + lua_rawlen(state_, -2));
      names.push_back(text_at(state_, -2));
    } else if (lua_isinteger(state_, -2)) {
      positional[lua_tointeger(state_, -2)] =
          node_at(state_, -1) ? node_text(state_, -1) : describe(state_, -1);
      charge.add(sizeof(*positional.begin()));
    } else {
      host_.report(beside.origin, fmt::format("key {}: expected a name", describe(state_, -2)));
    }
  }
  for (const auto& [at, what] : positional) {
    host_.report(
        at > 0 ? beside.of_item(static_cast<std::size_t>(at - 1)) : beside.origin,
        fmt::format(
            "{} stands without a name; only named entries belong here (is a decimal comma meant as a point?)",
            what));
  }
  std::ranges::sort(names);
  if (beside.table) {
    for (const EntryText& entry : beside.table->entries) {
      if (entry.form != EntryText::Form::named || std::ranges::binary_search(names, entry.key)) continue;
      host_.report(fmt::format("{}:{}", beside.source->name(), entry.line),
                   fmt::format("the value of '{}' is nil", entry.key));
    }
  }
  std::erase_if(names, [&](const std::string& name) {
    if (is_utf8(name)) return false;
    host_.report(beside.of_key(name), fmt::format("key '{}': expected text in UTF-8", printable(name)));
    return true;
  });
  return names;
}

int Reader::push_entry(int table, const std::string& key) const {
  table = lua_absindex(state_, table);
  lua_pushlstring(state_, key.data(), key.size());
  return lua_rawget(state_, table);
}

Reader::Nested::Nested(Reader& reader, const Origin& origin) : reader_(reader) {
  if (reader.spaces_ >= kDeepestSpace) {
    throw Error(ErrorKind::usage, origin,
                fmt::format("spaces inside each other deeper than {}", kDeepestSpace));
  }
  ++reader.spaces_;
}

bool Reader::is_list(int index) const {
  index = lua_absindex(state_, index);
  bool numbered = false, named = false;
  for (lua_pushnil(state_); lua_next(state_, index); lua_pop(state_, 1))
    (lua_isinteger(state_, -2) ? numbered : named) = true;
  return numbered && !named;
}

std::size_t Reader::items(int index, const Beside& beside) {
  index = lua_absindex(state_, index);
  lua_Integer count = 0, last = 0;
  for (lua_pushnil(state_); lua_next(state_, index); lua_pop(state_, 1)) {
    if (lua_isinteger(state_, -2) && lua_tointeger(state_, -2) > 0) {
      ++count;
      last = std::max(last, lua_tointeger(state_, -2));
    } else {
      host_.report(beside.origin, fmt::format("key {}: expected a list without names", describe(state_, -2)));
    }
  }
  std::size_t written = 0;
  if (beside.table) {
    for (const EntryText& entry : beside.table->entries) written += entry.form == EntryText::Form::positional;
    if (written > 0 && beside.table->entries.back().open) --written;
  }
  if (count == last && static_cast<std::size_t>(count) >= written) return static_cast<std::size_t>(count);
  lua_Integer hole = 1;
  while (lua_rawgeti(state_, index, hole) != LUA_TNIL) {
    lua_pop(state_, 1);
    ++hole;
  }
  lua_pop(state_, 1);
  host_.report(beside.of_item(static_cast<std::size_t>(hole - 1)),
               fmt::format("item {} of the list is nil", hole));
  return static_cast<std::size_t>(hole - 1);
}

std::optional<Value> Reader::scalar(int index, const Origin& origin, const std::string& name) {
  switch (lua_type(state_, index)) {
    case LUA_TBOOLEAN:
      return Value(static_cast<bool>(lua_toboolean(state_, index)));
    case LUA_TSTRING: {
      std::string text = text_at(state_, index);
      if (is_utf8(text)) return Value(std::move(text));
      host_.report(origin,
                   fmt::format("{}: expected text in UTF-8, got \"{}\"", name, cut(printable(text), 60)));
      return std::nullopt;
    }
    case LUA_TNUMBER:
      if (lua_isinteger(state_, index)) return Value(static_cast<std::int64_t>(lua_tointeger(state_, index)));
      if (std::isfinite(lua_tonumber(state_, index))) return Value(lua_tonumber(state_, index));
      host_.report(origin,
                   fmt::format("{}: expected a finite number, got {}", name, lua_tonumber(state_, index)));
      return std::nullopt;
    default:
      report_unexpected(index, origin, name, "a value");
      return std::nullopt;
  }
}

Setting Reader::list(int index, const Beside& beside, const std::string& name) {
  std::vector<double> numbers;
  std::vector<std::string> texts;
  const std::size_t count = items(index, beside);
  for (std::size_t i = 0; i < count; ++i) {
    lua_rawgeti(state_, index, static_cast<lua_Integer>(i) + 1);
    const std::string item = fmt::format("{}: item {}", name, i + 1);
    const int type = lua_type(state_, -1);
    if (type != LUA_TNUMBER && type != LUA_TSTRING) {
      report_unexpected(-1, beside.of_item(i), item, "a number or a text");
    } else if (std::optional<Value> value = scalar(-1, beside.of_item(i), item)) {
      if (const auto* text = std::get_if<std::string>(&*value))
        texts.push_back(*text);
      else
        numbers.push_back(lua_tonumber(state_, -1));
    }
    lua_pop(state_, 1);
  }
  Setting setting{.origin = beside.origin, .reported = numbers.size() + texts.size() != count};
  if (!numbers.empty() && !texts.empty()) {
    host_.report(beside.origin, name + ": a list holds numbers or texts, not both");
    setting.reported = true;
  }
  if (texts.empty())
    setting.value = numbers;
  else
    setting.value = texts;
  return setting;
}

Setting Reader::node(int index, const Origin& origin, const std::string& name) {
  const Node* node = node_at(state_, index);
  const Beside text = beside(index);
  const bool fits = node->kind <= NodeKind::data || node->kind == NodeKind::task;
  const bool nameless =
      takes_name(node->kind) && node_string(state_, index, kId).empty();  // which has been reported
  if (!fits || !node->complete) {
    if (!fits || !nameless)
      host_.report(
          fits ? text.origin : origin,
          fits ? fmt::format("{}: {} has no table; write {{}} for its defaults", name,
                             node_text(state_, index))
               : fmt::format("{}: expected a value or a component, got {}", name, node_text(state_, index)));
    return {.origin = text.origin, .kind = std::string(to_text(node->kind)), .reported = true};
  }
  Setting setting{
      .origin = text.origin, .kind = std::string(to_text(node->kind)), .id = node_string(state_, index, kId)};
  setting.reported = nameless;
  push_table(index);
  setting.members = members(lua_gettop(state_), text);
  lua_pop(state_, 1);
  return setting;
}

Setting Reader::setting(int index, const Beside& beside, const std::string& name) {
  index = lua_absindex(state_, index);
  luaL_checkstack(state_, 8, "tables too deep");
  if (++depth_ > kDeepest)
    throw Error(ErrorKind::usage, beside.origin,
                fmt::format("{}: tables inside each other deeper than {}", name, kDeepest));
  Setting result{.origin = beside.origin};
  host_.charge(sizeof(Setting) + beside.origin.size() +
               (lua_isstring(state_, index) ? lua_rawlen(state_, index) : 0));
  if (node_at(state_, index)) {
    result = node(index, beside.origin, name);
  } else if (!lua_istable(state_, index)) {
    if (auto value = scalar(index, beside.origin, name))
      result.value = *value;
    else
      result.reported = true;
  } else if (is_list(index)) {
    result = list(index, beside, name);
  } else {
    result.members = members(index, beside);
  }
  --depth_;
  return result;
}

std::map<std::string, Setting> Reader::members(int index, const Beside& beside) {
  std::map<std::string, Setting> found;
  for (const std::string& key : keys(index, beside)) {
    push_entry(index, key);
    found.emplace(key, setting(-1, beside.inside_key(key), key));
    lua_pop(state_, 1);
  }
  // What was written with nil for its value is there and has been reported: it is not missing.
  if (!beside.table) return found;
  for (const EntryText& entry : beside.table->entries) {
    if (entry.form != EntryText::Form::named || found.contains(entry.key) || !is_utf8(entry.key)) continue;
    found.emplace(entry.key, Setting{.origin = beside.of_key(entry.key), .reported = true});
  }
  return found;
}

Point Reader::point(int index, const Beside& beside, const std::string& name,
                    const std::vector<std::string>& besides) {
  Point result;
  if (!lua_istable(state_, index)) {
    report_unexpected(index, beside.origin, name, "a table { [\"path\"] = value }");
    return result;
  }
  each_entry(index, beside, name, [&](const std::string& path, const Origin& origin, const Beside& inside) {
    if (std::ranges::find(besides, path) != besides.end()) return;
    if (result.find(path))
      host_.report(origin, fmt::format("{}: stands twice", path));
    else
      result.push_back({path, setting(-1, inside, path)});
  });
  return result;
}

}  // namespace spanlab::host::lua
