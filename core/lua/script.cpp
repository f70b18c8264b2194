// SPDX-License-Identifier: MIT
#include "lua/script.hpp"

#include "files/resources.hpp"
#include "lua/bridge.hpp"
#include "lua/host.hpp"
#include "lua/study_reader.hpp"
#include "lua/watchdog.hpp"
#include "sdk/utf8.hpp"

namespace spanlab::host {

namespace {

// What `read` is given through Lua and gives back.
struct Reading {
  const std::string& script;
  Study study;
};

int read(lua_State* state) {
  Reading& reading = *static_cast<Reading*>(lua_touserdata(state, 2));
  lua::Reader reader(lua::Host::of(state));
  reading.study = lua::read_study(reader, 1, reading.script);
  return 0;
}

Study run(lua::Host& host, const std::filesystem::path& script, const std::string& name) {
  lua_State* state = host.state();
  host.load(state, script, name);
  host.call(0, 1);
  Reading reading{name, {}};
  lua_pushcfunction(state, lua::bridged<read>);
  lua_insert(state, -2);
  lua_pushlightuserdata(state, &reading);
  host.call(2, 0);
  return std::move(reading.study);
}

}  // namespace

Study load_study(const std::filesystem::path& script, std::span<const std::filesystem::path> modules,
                 const ScriptLimits& limits) {
  const std::string name = valid_utf8(script.string());  // it stands in plans
  std::vector<std::filesystem::path> folders{script.parent_path()};
  folders.insert(folders.end(), modules.begin(), modules.end());
  lua::Watchdog watchdog(name, limits.seconds);
  lua::Host host(std::move(folders), limits);
  try {
    Study study = run(host, script, name);
    study.problems = std::move(host.problems());
    study.warnings = std::move(host.warnings());
    return study;
  } catch (const Error& error) {
    std::vector<Problem> problems = std::move(host.problems());
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    for (Problem& problem : problems) {
      if (problem.place.empty()) problem.place = name;
    }
    throw Error(error.kind(), std::move(problems));
  }
}

std::vector<std::filesystem::path> script_folders() { return {resource_folder() / "scripts"}; }

}  // namespace spanlab::host
