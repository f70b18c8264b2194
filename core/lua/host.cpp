// SPDX-License-Identifier: MIT
#include "lua/host.hpp"

#include <cstdlib>
#include <iterator>

#include "lua/bridge.hpp"
#include "lua/sandbox.hpp"
#include "spanlab/input_file.hpp"
#include "lua/syntax_hint.hpp"
#include "sdk/problem_list.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::lua {

namespace {

constexpr int kStep = 1000;                 // instructions between two looks at the limit
constexpr std::size_t kLongestShown = 200;  // characters of a text in a message
constexpr std::size_t kLongestScript = std::size_t{4} << 20;

std::string read_text(const std::filesystem::path& file, const std::string& name) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored))
    throw Error(ErrorKind::usage, name, "is a folder; expected a Lua script");
  if (!std::filesystem::exists(file, ignored)) {
    throw Error(ErrorKind::usage, name, "cannot be read; is the path right?");
  }
  InputFile stream(file, ErrorKind::usage);
  std::string text(kLongestScript + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kLongestScript)
    throw Error(ErrorKind::usage, name,
                fmt::format("is larger than {} MiB; expected a Lua script", kLongestScript >> 20));
  // As Lua's own loader does: a mark of the byte order is passed over, and a first line for the shell.
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  if (text.starts_with('#')) text.replace(0, 1, "-- ");
  if (text.starts_with(LUA_SIGNATURE))
    throw Error(ErrorKind::usage, name, "is byte code; only Lua source text is read");
  return text;
}

std::string too_large(std::size_t memory) {
  return fmt::format("needs more than {} MiB of memory", memory >> 20);
}

// How Lua writes a text's name in its messages: long ones lose their beginning.
std::string name_in_messages(const std::string& name) {
  constexpr std::size_t kLongest = LUA_IDSIZE - 1;
  return name.size() < kLongest ? name : "..." + name.substr(name.size() - (kLongest - 3));
}

// Splits `name:12: message` as Lua writes it, and we do.
std::optional<Problem> split(const std::string& name, const std::string& text) {
  const std::string written = text.starts_with(name + ':') ? name : name_in_messages(name);
  if (!text.starts_with(written + ':')) return std::nullopt;
  std::size_t end = written.size() + 1;
  while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
  if (end == written.size() + 1) --end;  // a place without a line
  if (text.compare(end, 2, ": ") != 0) return std::nullopt;
  return Problem{name + text.substr(written.size(), end - written.size()), text.substr(end + 2)};
}

}  // namespace

Host::Host(std::vector<std::filesystem::path> modules, const ScriptLimits& limits)
    : limits_(limits), modules_(std::move(modules)), state_(lua_newstate(allocate, this)) {
  if (!state_) throw std::bad_alloc();
  *static_cast<Host**>(lua_getextraspace(state_)) = this;
  lua_sethook(state_, count, LUA_MASKCOUNT, kStep);
  try {
    lua_pushcfunction(state_, bridged<install_sandbox>);
    call(0, 0);
  } catch (...) {
    lua_close(state_);
    throw;
  }
}

Host::~Host() { lua_close(state_); }

void Host::report(std::string place, std::string message) {
  charge(sizeof(Problem) + place.size() + message.size());
  add_problem(problems_, std::move(place), std::move(message));
}

void Host::warn(std::string place, std::string message) {
  charge(sizeof(Problem) + place.size() + message.size());
  add_problem(warnings_, std::move(place), std::move(message));
}

void Host::charge(std::size_t bytes) {
  if (bytes > limits_.memory || used_ > limits_.memory - bytes)
    throw Error(ErrorKind::usage, "", too_large(limits_.memory));
  used_ += bytes;
}

Host& Host::of(lua_State* state) { return **static_cast<Host**>(lua_getextraspace(state)); }

void* Host::allocate(void* host, void* block, std::size_t old_size, std::size_t new_size) {
  Host& self = *static_cast<Host*>(host);
  const std::size_t held = block ? old_size : 0;  // without a block, Lua passes a type there
  if (new_size == 0) {
    std::free(block);
    self.used_ -= held;
    return nullptr;
  }
  if (new_size > held && self.used_ - held + new_size > self.limits_.memory) return nullptr;
  void* moved = std::realloc(block, new_size);
  if (moved) self.used_ += new_size - held;
  return moved;
}

void Host::count(lua_State* state, lua_Debug*) {
  Host& self = of(state);
  if (!self.exhausted_) self.executed_ += kStep;
  if (self.executed_ < self.limits_.instructions) return;
  if (!self.exhausted_) {
    self.exhausted_ =
        Problem{place_at(state, 0),
                fmt::format("has run {} million instructions and not come to its end; an endless loop?",
                            self.limits_.instructions / 1'000'000)};
  }
  // From now on every instruction fails, so that nothing that catches errors can go on.
  lua_sethook(state, count, LUA_MASKCOUNT, 1);
  luaL_error(state, "too many instructions");
}

int Host::on_error(lua_State* state) {
  if (is_kept_exception(state, 1)) return 1;
  Host& self = of(state);
  self.last_error_ = {place_at(state, 1), ""};
  if (lua_type(state, 1) != LUA_TSTRING) {
    self.last_error_.message =
        fmt::format("the script ended with an error without a text ({})", describe(state, 1));
    return 1;
  }
  self.last_error_.message = text_at(state, 1);
  for (const auto& [name, source] : self.sources_) {
    if (auto problem = split(name, self.last_error_.message)) self.last_error_ = *problem;
  }
  return 1;
}

Problem Host::failure(int status) {
  if (exhausted_) return *exhausted_;
  if (status == LUA_ERRMEM) return {"", too_large(limits_.memory)};
  if (status == LUA_ERRERR)
    return {last_error_.place, "an error inside the handling of an error: " + last_error_.message};
  return last_error_;
}

void Host::call(int arguments, int results) {
  const int handler = lua_gettop(state_) - arguments;
  lua_pushcfunction(state_, bridged<on_error>);
  lua_insert(state_, handler);
  const int status = lua_pcall(state_, arguments, results, handler);
  lua_remove(state_, handler);
  if (status == LUA_OK && !exhausted_) return;
  if (!exhausted_ && status == LUA_ERRRUN && is_kept_exception(state_, -1)) {
    lua_pop(state_, 1);
    if (kept_) std::rethrow_exception(std::exchange(kept_, nullptr));
    throw Error(ErrorKind::usage, "", "the script ended with an error of an earlier call");
  }
  lua_settop(state_, handler - 1);
  throw Error(ErrorKind::usage, {failure(status)});
}

void Host::load(lua_State* state, const std::filesystem::path& file, const std::string& name) {
  const std::string text = read_text(file, name);
  if (luaL_loadbufferx(state, text.data(), text.size(), ("@" + name).c_str(), "t") != LUA_OK) {
    const std::string message = text_at(state, -1);
    lua_pop(state, 1);
    Problem problem = split(name, message).value_or(Problem{name, message});
    problem.message += syntax_hint(text, problem);
    throw Error(ErrorKind::usage, {std::move(problem)});
  }
  push_environment(state);
  lua_setupvalue(state, -2, 1);
  const SourceText& source = sources_.insert_or_assign(name, SourceText(name, text)).first->second;
  charge(source.bytes());
  for (Problem& problem : source.duplicate_keys())
    report(std::move(problem.place), std::move(problem.message));
  for (Problem& problem : source.decimal_commas()) warn(std::move(problem.place), std::move(problem.message));
}

const SourceText* Host::source(const std::string& name) const {
  auto found = sources_.find(name);
  return found == sources_.end() ? nullptr : &found->second;
}

std::string place_at(lua_State* state, int level) {
  lua_Debug record;
  for (; lua_getstack(state, level, &record); ++level) {
    lua_getinfo(state, "Sl", &record);
    if (record.currentline > 0 && record.source[0] == '@')
      return fmt::format("{}:{}", record.source + 1, record.currentline);
  }
  return {};
}

std::string describe(lua_State* state, int index) {
  switch (lua_type(state, index)) {
    case LUA_TNIL:
      return "nil";
    case LUA_TBOOLEAN:
      return lua_toboolean(state, index) ? "true" : "false";
    case LUA_TSTRING:
      return fmt::format("\"{}\" (text)", short_text(text_at(state, index)));
    case LUA_TNUMBER:
      return lua_isinteger(state, index) ? fmt::format("{}", lua_tointeger(state, index))
                                         : fmt::format("{}", lua_tonumber(state, index));
    default:
      return fmt::format("a {}", lua_typename(state, lua_type(state, index)));
  }
}

// Cut before it is looked at, as it may have millions of characters.
std::string short_text(const std::string& text) {
  return cut(printable(std::string_view(text).substr(0, 4 * kLongestShown)), kLongestShown);
}

std::string text_at(lua_State* state, int index) {
  std::size_t size = 0;
  const char* text = lua_type(state, index) == LUA_TSTRING ? lua_tolstring(state, index, &size) : nullptr;
  return text ? std::string(text, size) : std::string();
}

}  // namespace spanlab::host::lua
