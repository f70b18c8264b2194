// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/places.hpp"

namespace spanlab::host::app {

struct LuaStubsOptions {
  std::string folder;
};

/// Writes the definition files for Lua language servers into a folder, which is made if need be, in place of
/// earlier ones; gives their paths. Modules that cannot be run are told as notes. Throws Error(usage) if a
/// file of another hand stands where one belongs.
std::vector<std::string> write_lua_stubs(const LuaStubsOptions& options, const Places& places,
                                         const Notes& notes);

}  // namespace spanlab::host::app
