// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "lua/host.hpp"
#include "lua/library.hpp"
#include "study/study.hpp"

namespace spanlab::host::lua {

/// What was written for a table, as far as it was found: it gives entries their lines and shows what values
/// do not.
struct Beside {
  Origin origin;  ///< of the table: the fallback for entries
  const SourceText* source = nullptr;
  const TableText* table = nullptr;  ///< null where it was not found

  /// True if an entry of this name is written there. If the table lacks it, its value is nil, which has been
  /// reported.
  bool writes(const std::string& key) const { return find(key) != nullptr; }
  Origin of_key(const std::string& key) const;
  Origin of_item(std::size_t index) const;  ///< counts from 0
  /// The same for the table that an entry holds.
  Beside inside_key(const std::string& key) const;
  Beside inside_item(std::size_t index) const;

 private:
  Origin of(const EntryText* entry) const;
  Beside inside(const EntryText* entry) const;
  const EntryText* find(const std::string& key) const;
  const EntryText* find(std::size_t index) const;
};

/// Reads the values of a script. Whatever is wrong is reported to the host and left out; nothing is passed
/// over in silence.
class Reader {
 public:
  explicit Reader(Host& host) : Reader(host, host.state()) {}
  /// Reads from the stack of a coroutine.
  Reader(Host& host, lua_State* state) : host_(host), state_(state) {}

  /// The text beside a table that was given to `callee` at a line of a text.
  Beside beside(int table, const std::string& text, int line, std::string_view callee,
                std::string_view argument) const;
  /// The text beside the table of the node at `index`.
  Beside beside(int index) const;
  /// Pushes the table of the node at `index`.
  void push_table(int index) const;

  /// The named entries of the table at `index`, sorted. Positional items, other keys, nil values and names
  /// that are no UTF-8 are reported.
  std::vector<std::string> keys(int index, const Beside& beside);
  /// Pushes the value of a named entry, without asking a metatable; returns its type.
  int push_entry(int table, const std::string& key) const;
  /// The number of items of the list at `index`. Named entries and nil items are reported.
  std::size_t items(int index, const Beside& beside);
  bool is_list(int index) const;

  /// The value at `index`: a parameter's, a component, a task, or a table of settings. `name` is for
  /// messages.
  Setting setting(int index, const Beside& beside, const std::string& name);
  /// The settings of a table that holds named entries.
  std::map<std::string, Setting> members(int index, const Beside& beside);

  /// A table { ["path"] = value, … } in sorted order, or { { ["path"] = value }, … } in its own. The entries
  /// `besides` are no paths.
  Point point(int index, const Beside& beside, const std::string& name,
              const std::vector<std::string>& besides = {});

  /// Reports what stands at `index` where `expected` was to be.
  void report_unexpected(int index, const Origin& origin, const std::string& name,
                         const std::string& expected);
  Host& host() { return host_; }
  lua_State* state() { return state_; }

  /// Ends the reading with Error(usage) while spaces stand inside each other deeper than kDeepestSpace; lives
  /// as long as one is read.
  class Nested {
   public:
    Nested(Reader& reader, const Origin& origin);
    ~Nested() { --reader_.spaces_; }
    Nested(const Nested&) = delete;

   private:
    Reader& reader_;
  };

  /// Calls `visit(key, origin, beside)` with the value on top of the stack for each entry of a table keyed by
  /// names, in sorted order, or of a list of one-key tables, in its own.
  template <typename Visit>
  void each_entry(int index, const Beside& beside, const std::string& name, Visit visit);

 private:
  std::optional<Value> scalar(int index, const Origin& origin, const std::string& name);
  Setting list(int index, const Beside& beside, const std::string& name);
  Setting node(int index, const Origin& origin, const std::string& name);

  Host& host_;
  lua_State* state_;
  int depth_ = 0;
  int spaces_ = 0;
};

template <typename Visit>
void Reader::each_entry(int index, const Beside& beside, const std::string& name, Visit visit) {
  index = lua_absindex(state_, index);
  auto visit_named = [&](int table, const Beside& text) {
    for (const std::string& key : keys(table, text)) {
      push_entry(table, key);
      visit(key, text.of_key(key), text.inside_key(key));
      lua_pop(state_, 1);
    }
  };
  if (!is_list(index)) return visit_named(index, beside);
  const std::size_t count = items(index, beside);
  for (std::size_t i = 0; i < count; ++i) {
    lua_rawgeti(state_, index, static_cast<lua_Integer>(i) + 1);
    if (lua_istable(state_, -1))
      visit_named(lua_gettop(state_), beside.inside_item(i));
    else
      report_unexpected(-1, beside.of_item(i), name, "named entries or a list of tables with one");
    lua_pop(state_, 1);
  }
}

}  // namespace spanlab::host::lua
