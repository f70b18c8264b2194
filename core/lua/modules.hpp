// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spanlab/error.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A value of a module as far as an editor can be told of it.
struct ModuleValue {
  std::string type;                            ///< Lua's name of it, or the function that made it: `encoder`
  std::string text;                            ///< as messages show it: `120`, `encoder "bert"`
  std::map<std::string, ModuleValue> members;  ///< named entries of a table, and of what a table was given to
  std::vector<ModuleValue> items;              ///< of a list, the first one
};

/// A function of a module: what it takes and gives, as one call of it showed.
struct ModuleFunction {
  std::vector<std::string> parameters;
  /// What `lab.options` says that its first argument may hold, with the defaults; nothing if it is not asked.
  std::optional<std::map<std::string, ModuleValue>> options;
  std::optional<ModuleValue> result;  ///< nothing if no call without knowledge of it succeeds
};

/// An entry of the table that a module returns.
struct ModuleEntry {
  std::string name;
  std::string doc;  ///< the comment above it
  ModuleValue value;
  std::optional<ModuleFunction> function;
};

/// A module that studies may `require`.
struct ModuleText {
  std::string name;  ///< as `recipes.spert`
  std::string doc;   ///< the comment at its top
  std::vector<ModuleEntry> entries;
  std::map<std::string, std::string> option_docs;  ///< the comments beside and above `name = …` in its text
};

/// The Lua modules below a folder. Each is run in the sandbox of scripts, and each of its functions called
/// once with an empty table, else with texts: what a description makes can be had for nothing. What cannot be
/// run is left out and added to `problems`.
SPANLAB_API std::vector<ModuleText> describe_modules(const std::filesystem::path& folder,
                                                     std::vector<Problem>& problems);

}  // namespace spanlab::host
