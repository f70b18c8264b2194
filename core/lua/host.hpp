// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <lua.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lua/script.hpp"
#include "lua/source.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::lua {

/// A Lua state with limits on memory and instructions, and what is known of the texts that it runs.
class Host {
 public:
  Host(std::vector<std::filesystem::path> modules, const ScriptLimits& limits);
  ~Host();
  Host(const Host&) = delete;

  /// The host that `state`, or the coroutine `state`, belongs to.
  static Host& of(lua_State* state);
  lua_State* state() const { return state_; }

  /// Compiles a file (text only) under `name`, which stands in messages, and leaves it on the stack of
  /// `state` as a function whose globals are the sandbox. Throws Error(usage) if it cannot be read or Lua
  /// refuses it.
  void load(lua_State* state, const std::filesystem::path& file, const std::string& name);
  const SourceText* source(const std::string& name) const;

  /// Calls the function below `arguments` values on the stack. A Lua error, a limit that was hit, or an
  /// exception of one of our functions ends it with Error(usage) or that exception.
  void call(int arguments, int results);

  /// A problem that does not end the script, or what is allowed and may not be meant.
  void report(std::string place, std::string message);
  void warn(std::string place, std::string message);
  std::vector<Problem>& problems() { return problems_; }
  std::vector<Problem>& warnings() { return warnings_; }

  /// Counts bytes that our own code takes on the script's behalf, under the same limit as Lua's. Throws
  /// Error(usage) beyond it.
  void charge(std::size_t bytes);

  /// Counts them until the end of a block.
  class Charge {
   public:
    explicit Charge(Host& host) : host_(host) {}
    Charge(const Charge&) = delete;
    ~Charge() { host_.used_ -= bytes_; }
    void add(std::size_t bytes) {
      host_.charge(bytes);
      bytes_ += bytes;
    }

   private:
    Host& host_;
    std::size_t bytes_ = 0;
  };

  /// Folders that `require` reads from, the script's own first.
  const std::vector<std::filesystem::path>& modules() const { return modules_; }

  /// `listener` is told each time that a recipe asks `lab.options`: what it was given is at 1 of the stack,
  /// its defaults at 2.
  void on_options(std::function<void(lua_State*)> listener) { on_options_ = std::move(listener); }
  void tell_options(lua_State* state) const {
    if (on_options_) on_options_(state);
  }

  /// The exception of one of our functions on its way through Lua (bridge.cpp).
  std::exception_ptr& kept() { return kept_; }

 private:
  static void* allocate(void* host, void* block, std::size_t old_size, std::size_t new_size);
  static void count(lua_State* state, lua_Debug* record);
  static int on_error(lua_State* state);
  Problem failure(int status);

  ScriptLimits limits_;
  std::vector<std::filesystem::path> modules_;
  std::size_t used_ = 0;
  std::int64_t executed_ = 0;
  std::optional<Problem> exhausted_;  ///< set once the instruction limit is hit
  Problem last_error_;                ///< as the message handler saw it
  std::exception_ptr kept_;
  std::function<void(lua_State*)> on_options_;
  std::vector<Problem> problems_;
  std::vector<Problem> warnings_;
  std::map<std::string, SourceText> sources_;
  lua_State* state_ = nullptr;
};

/// `name:line` of the innermost Lua function from `level` on, or empty.
std::string place_at(lua_State* state, int level);

/// What kind of value it is, in words and without an address.
std::string describe(lua_State* state, int index);

/// The text at `index`, NULs and all; empty if something else stands there.
std::string text_at(lua_State* state, int index);

/// A text of a script as messages show it: in one line, and cut.
std::string short_text(const std::string& text);

}  // namespace spanlab::host::lua
