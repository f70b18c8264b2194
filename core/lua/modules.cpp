// SPDX-License-Identifier: MIT
#include "lua/modules.hpp"

#include <algorithm>
#include <functional>

#include "files/files.hpp"
#include "lua/bridge.hpp"
#include "lua/host.hpp"
#include "lua/library.hpp"
#include "lua/module_comments.hpp"
#include "lua/script.hpp"
#include "lua/watchdog.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

constexpr int kDeepest = 6;  // tables inside tables that are looked into

// What describes one module through Lua.
class Describer {
 public:
  explicit Describer(lua_State* state) : state_(state), host_(lua::Host::of(state)) {}

  // The value at `index`. Nothing is asked of a metatable.
  ModuleValue value(int index, int depth = 0) {
    index = lua_absindex(state_, index);
    luaL_checkstack(state_, 8, "tables too deep");
    host_.charge(sizeof(ModuleValue));
    const lua::Node* node = lua::node_at(state_, index);
    if (!node) return plain(index, depth);
    ModuleValue found{.type = std::string(to_text(node->kind)), .text = lua::node_text(state_, index)};
    if (lua_getiuservalue(state_, index, lua::kFirst) == LUA_TTABLE) add_entries(found, depth);
    lua_pop(state_, 1);
    return found;
  }

  // The function on top of the stack, which stays; it is not called.
  ModuleFunction function() {
    ModuleFunction found;
    lua_pushvalue(state_, -1);
    lua_Debug record;
    lua_getinfo(state_, ">u", &record);
    for (int i = 1; i <= record.nparams; ++i) {
      lua_pushvalue(state_, -1);
      const char* name = lua_getlocal(state_, nullptr, i);
      found.parameters.emplace_back(name ? name : "");
      lua_pop(state_, 1);
    }
    return found;
  }

  // Calls it, and notes what it takes and gives.
  void call(ModuleFunction& found) {
    if (!call(found, [this] { lua_newtable(state_); })) call(found, [this] { lua_pushliteral(state_, "x"); });
  }

 private:
  ModuleValue plain(int index, int depth) {
    ModuleValue found{.type = luaL_typename(state_, index)};
    if (lua_type(state_, index) != LUA_TTABLE) {
      found.text = lua_type(state_, index) == LUA_TSTRING
                       ? '"' + lua::short_text(lua::text_at(state_, index)) + '"'
                       : lua::describe(state_, index);
      return found;
    }
    lua_pushvalue(state_, index);
    add_entries(found, depth);
    lua_pop(state_, 1);
    return found;
  }

  // Those of the table on top of the stack.
  void add_entries(ModuleValue& found, int depth) {
    if (depth == kDeepest) return;
    if (lua_rawgeti(state_, -1, 1) != LUA_TNIL) found.items.push_back(value(-1, depth + 1));
    lua_pop(state_, 1);
    for (lua_pushnil(state_); lua_next(state_, -2); lua_pop(state_, 1)) {
      if (lua_type(state_, -2) == LUA_TSTRING) {
        found.members.emplace(lua::text_at(state_, -2), value(-1, depth + 1));
      }
    }
  }

  // Calls the function on top of the stack with `push`ed values and notes what comes of it. False if it
  // fails.
  bool call(ModuleFunction& found, const std::function<void()>& push) {
    const int top = lua_gettop(state_);
    lua_pushvalue(state_, -1);
    for (std::size_t i = 0; i < found.parameters.size(); ++i) push();
    const void* given = found.parameters.empty() ? nullptr : lua_topointer(state_, top + 2);
    host_.on_options([&](lua_State* state) {
      if (given && lua_topointer(state, 1) == given) found.options = Describer(state).value(2).members;
    });
    bool succeeded = true;
    try {
      host_.call(static_cast<int>(found.parameters.size()), 1);
      found.result = value(-1);
    } catch (const Error&) {
      succeeded = false;
    }
    host_.on_options({});
    lua_settop(state_, top);
    return succeeded;
  }

  lua_State* state_;
  lua::Host& host_;
};

// What functions for Lua are given, and what becomes of it.
struct Description {
  const std::string& text;  // the name of the module's text
  const lua::ModuleComments& comments;
  ModuleText& module;
  ModuleEntry* called = nullptr;  // whose function is called
};

std::string doc_of(lua_State* state, const Description& description, const std::string& name) {
  if (lua_type(state, -1) != LUA_TFUNCTION) return description.comments.above_entry(name);
  lua_pushvalue(state, -1);
  lua_Debug record;
  lua_getinfo(state, ">S", &record);
  // A function of another module has its comment there.
  return record.source == '@' + description.text ? description.comments.above(record.linedefined) : "";
}

// The entries of the table at 1 of the stack.
int describe(lua_State* state) {
  Description& description = *static_cast<Description*>(lua_touserdata(state, 2));
  if (!lua_istable(state, 1)) return 0;
  Describer describer(state);
  for (lua_pushnil(state); lua_next(state, 1); lua_pop(state, 1)) {
    if (lua_type(state, -2) != LUA_TSTRING) continue;
    ModuleEntry entry{.name = lua::text_at(state, -2)};
    entry.doc = doc_of(state, description, entry.name);
    entry.value = describer.value(-1);
    if (lua_type(state, -1) == LUA_TFUNCTION) entry.function = describer.function();
    description.module.entries.push_back(std::move(entry));
  }
  return 0;
}

// One function of the table at 1 of the stack.
int call_function(lua_State* state) {
  const Description& description = *static_cast<Description*>(lua_touserdata(state, 2));
  lua_pushstring(state, description.called->name.c_str());
  lua_rawget(state, 1);
  Describer(state).call(*description.called->function);
  return 0;
}

void add_option_docs(ModuleText& module, const lua::ModuleComments& comments) {
  for (const ModuleEntry& entry : module.entries) {
    if (!entry.function || !entry.function->options) continue;
    for (const auto& [name, value] : *entry.function->options) {
      if (std::string doc = comments.beside(name); !doc.empty()) module.option_docs.emplace(name, doc);
    }
  }
}

// `recipes/spert.lua` → `recipes.spert`.
std::string module_name(fs::path relative) {
  std::string name = relative.replace_extension().generic_string();
  std::ranges::replace(name, '/', '.');
  return name;
}

// Runs a module in a state of its own, and `function` with what it returns.
void run(const fs::path& folder, const fs::path& file, Description& description, lua_CFunction function) {
  const ScriptLimits limits;
  lua::Watchdog watchdog(description.text, limits.seconds);
  lua::Host host({folder}, limits);
  host.load(host.state(), file, description.text);
  host.call(0, 1);
  lua_pushcfunction(host.state(), function);
  lua_insert(host.state(), -2);
  lua_pushlightuserdata(host.state(), &description);
  host.call(2, 0);
}

ModuleText describe_module(const fs::path& folder, const fs::path& file) {
  const std::string text = file.lexically_relative(folder).generic_string();
  ModuleText module{.name = module_name(text)};
  const lua::ModuleComments comments(read_file(file));
  module.doc = comments.at_top();
  Description description{text, comments, module};
  run(folder, file, description, lua::bridged<describe>);
  std::ranges::sort(module.entries, {}, &ModuleEntry::name);
  for (ModuleEntry& entry : module.entries) {
    if (!entry.function) continue;
    description.called = &entry;
    try {
      run(folder, file, description, lua::bridged<call_function>);
    } catch (const Error&) {  // it has used up what a script may
    }
  }
  add_option_docs(module, comments);
  return module;
}

}  // namespace

std::vector<ModuleText> describe_modules(const fs::path& folder, std::vector<Problem>& problems) {
  std::vector<fs::path> files;
  std::error_code none;
  for (fs::recursive_directory_iterator file(folder, none), end; file != end; file.increment(none)) {
    if (file->path().extension() == ".lua" && file->is_regular_file(none)) files.push_back(file->path());
  }
  std::ranges::sort(files);
  std::vector<ModuleText> modules;
  for (const fs::path& file : files) {
    try {
      modules.push_back(describe_module(folder, file));
    } catch (const Error& error) {
      std::ranges::copy(error.problems(), std::back_inserter(problems));
    }
  }
  return modules;
}

}  // namespace spanlab::host
