// SPDX-License-Identifier: MIT
#include "app/lua_stubs.hpp"

#include <ostream>

#include "cli/commands.hpp"
#include "cli/text.hpp"

namespace spanlab::host::cli {

namespace {

void declare(Arguments& arguments, app::LuaStubsOptions& options) {
  arguments.argument("DIR", options.folder, "the folder that the files are written to; made if need be");
  arguments.argument_takes(Takes::folder);
}

ExitCode lua_stubs(const app::LuaStubsOptions& options, Context& context) {
  const std::vector<std::string> files = app::write_lua_stubs(options, context.places, context.notes());
  if (context.json) {
    context.out << printed({{"files", files}}) << '\n';
    return ExitCode::done;
  }
  for (const std::string& file : files) context.out << file << '\n';
  if (!context.quiet) {
    context.err << "An editor with a Lua language server finds them in the folder that it has open, or by\n"
                   "workspace.library in .luarc.json (docs/language.md).\n";
  }
  return ExitCode::done;
}

}  // namespace

Command lua_stubs_command() {
  return make_command(
      {.name = "lua-stubs",
       .synopsis = "DIR",
       .summary = "definition files of the study language, for the completion and checks of an editor",
       .examples = {"spanlab lua-stubs .lua-stubs", "spanlab lua-stubs stubs --plugin-path ./build"}},
      declare, lua_stubs);
}

}  // namespace spanlab::host::cli
