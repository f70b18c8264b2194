// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "lua/modules.hpp"
#include "plugin/registry.hpp"

// Definition files for Lua language servers (LuaLS and those that read its annotations): what may stand in a
// study, with types and sentences, so that an editor completes and checks it.

namespace spanlab::host::editor {

/// A file of definitions.
struct StubFile {
  std::string name;
  std::string text;
};

/// The second line of each file, by which `lua-stubs` knows its own.
inline constexpr const char* kStubMark = "-- Written by `spanlab lua-stubs`; changes here are lost.\n";

/// What the definitions are made from.
struct StubSource {
  const Registry& registry;
  std::vector<std::string> data_names;   ///< of cards
  std::vector<std::string> model_names;  ///< of cards of pretrained encoders
  std::vector<ModuleText> modules;
};

/// All definition files: the functions of the language, components, settings and paths, and each module.
SPANLAB_API std::vector<StubFile> make_stubs(const StubSource& source);

/// The functions that `require "spanlab"` gives.
StubFile language_stub(const StubSource& source);

/// The tables of parameters that components take.
StubFile component_stub(const Registry& registry);

/// The settings of data, tasks and training, and what a study is made of.
StubFile setting_stub();

/// Every path at which a value may stand in a space, an ablation or a profile, for the task names of the
/// modules' models.
StubFile path_stub(const StubSource& source);

/// What a module returns.
StubFile module_stub(const ModuleText& module);

}  // namespace spanlab::host::editor
