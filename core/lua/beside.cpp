// SPDX-License-Identifier: MIT
// Which piece of a script's text made a table, so that its entries have their lines.
#include "lua/reader.hpp"

namespace spanlab::host::lua {

namespace {

bool has_key(lua_State* state, int index, const std::string& key) {
  lua_pushlstring(state, key.data(), key.size());
  const bool found = lua_rawget(state, index) != LUA_TNIL;
  lua_pop(state, 1);
  return found;
}

bool has_entries(lua_State* state, int index, const TableText& table) {
  return std::ranges::all_of(table.entries, [&](const EntryText& entry) {
    return entry.form != EntryText::Form::named || has_key(state, index, entry.key);
  });
}

// True if the lists among the named entries are as long as they are written.
bool has_lengths(lua_State* state, int index, const TableText& table, const SourceText& source) {
  return std::ranges::all_of(table.entries, [&](const EntryText& entry) {
    if (entry.form != EntryText::Form::named || entry.table == kNone) return true;
    const auto written =
        std::ranges::count(source.table(entry.table).entries, EntryText::Form::positional, &EntryText::form);
    lua_pushlstring(state, entry.key.data(), entry.key.size());
    const bool same = lua_rawget(state, index) != LUA_TTABLE ||
                      static_cast<std::ptrdiff_t>(lua_rawlen(state, -1)) == written;
    lua_pop(state, 1);
    return same;
  });
}

// Of the constructors that may have made the table, the one whose entries it holds, lists in their length,
// else in any, else the first.
const TableText* best(lua_State* state, int index, const std::vector<const TableText*>& tables,
                      const SourceText& source) {
  if (tables.size() < 2) return tables.empty() ? nullptr : tables[0];
  const TableText* second = nullptr;
  for (const TableText* table : tables) {
    if (!has_entries(state, index, *table)) continue;
    if (has_lengths(state, index, *table, source)) return table;
    if (!second) second = table;
  }
  return second ? second : tables[0];
}

}  // namespace

const EntryText* Beside::find(const std::string& key) const {
  if (!table) return nullptr;
  auto found = std::ranges::find_if(table->entries, [&](const EntryText& entry) {
    return entry.form == EntryText::Form::named && entry.key == key;
  });
  return found == table->entries.end() ? nullptr : &*found;
}

const EntryText* Beside::find(std::size_t index) const {
  if (!table) return nullptr;
  for (const EntryText& entry : table->entries) {
    if (entry.form == EntryText::Form::positional && index-- == 0) return &entry;
  }
  return nullptr;
}

Origin Beside::of(const EntryText* entry) const {
  return entry ? fmt::format("{}:{}", source->name(), entry->line) : origin;
}
Beside Beside::inside(const EntryText* entry) const {
  return {of(entry), source, entry && entry->table != kNone ? &source->table(entry->table) : nullptr};
}
Origin Beside::of_key(const std::string& key) const { return of(find(key)); }
Origin Beside::of_item(std::size_t index) const { return of(find(index)); }
Beside Beside::inside_key(const std::string& key) const { return inside(find(key)); }
Beside Beside::inside_item(std::size_t index) const { return inside(find(index)); }

Beside Reader::beside(int table, const std::string& text, int line, std::string_view callee,
                      std::string_view argument) const {
  Beside result{fmt::format("{}:{}", text, line), host_.source(text), nullptr};
  if (result.source)
    result.table = best(state_, lua_absindex(state_, table), result.source->find(callee, argument, line),
                        *result.source);
  return result;
}

Beside Reader::beside(int index) const {
  index = lua_absindex(state_, index);
  const Node* node = node_at(state_, index);
  push_table(index);
  Beside result = beside(-1, node_string(state_, index, kText), node->line, to_text(node->kind),
                         node_string(state_, index, kId));
  lua_pop(state_, 1);
  return result;
}

}  // namespace spanlab::host::lua
