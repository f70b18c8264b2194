// SPDX-License-Identifier: MIT
// What modules of Lua return, as classes.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "editor/lua_types.hpp"
#include "editor/stubs.hpp"
#include "settings/train_settings.hpp"

namespace spanlab::host::editor {

namespace {

bool is_path(const std::string& name) { return name.find('.') != name.npos; }

bool holds_paths(const ModuleValue& value) {
  return std::ranges::any_of(value.members, [](const auto& member) { return is_path(member.first); });
}

bool holds_train_settings(const ModuleValue& value) {
  return !value.members.empty() && std::ranges::all_of(value.members, [](const auto& member) {
    return train_binding().schema().find(member.first) != nullptr;
  });
}

std::string type_of_value(const ModuleValue& value);

std::string type_of_table(const ModuleValue& value) {
  if (value.members.empty()) {
    return value.items.empty() ? "table" : list_of(type_of_value(value.items.front()));
  }
  if (holds_paths(value)) return "spanlab.Profile";
  if (holds_train_settings(value)) return "spanlab.Train";
  const bool named = std::ranges::all_of(value.members, [](const auto& member) {
    return member.second.type == "table" && holds_paths(member.second);
  });
  return named ? "table<string, spanlab.Changes>" : "table";
}

// Of what a function of the language has made, its class.
std::string type_of_value(const ModuleValue& value) {
  if (value.type == "table") return type_of_table(value);
  if (value.type == "string" || value.type == "boolean" || value.type == "number") return value.type;
  for (ComponentKind kind : kComponentKinds) {
    if (value.type == to_text(kind)) return class_of(kind);
  }
  if (value.type == "data") return "spanlab.Data";
  if (value.type == "study") return "spanlab.Study";
  if (value.type == "model") return "spanlab.Model";
  if (value.type == "task") return "spanlab.Task";
  const std::vector<std::string> spaces{"grid",     "product", "zip",  "union",
                                        "variants", "where",   "when", "sample"};
  return std::ranges::find(spaces, value.type) == spaces.end() ? "any" : "spanlab.Space";
}

// Of an option its default alone is known, and `false` often stands for none: beside a text, and instead of
// something that is no truth value.
std::string type_of_option(const ModuleValue& value) {
  if (value.text == "false") return "any";
  return value.type == "string" ? "string|boolean" : type_of_value(value);
}

// `recipes.spert`, as a class.
std::string class_of_module(const ModuleText& module) { return class_name(module.name); }

std::string options_class(const ModuleText& module, const ModuleEntry& entry) {
  return fmt::format("{}.{}.Options", class_of_module(module), entry.name);
}

std::string options_text(const ModuleText& module, const ModuleEntry& entry) {
  std::string text = fmt::format("\n---@class {}\n", options_class(module, entry));
  for (const auto& [name, value] : *entry.function->options) {
    const auto found = module.option_docs.find(name);
    const std::string doc = found == module.option_docs.end() ? "" : found->second + "\n\n";
    const std::string otherwise = value.text.empty() ? "" : fmt::format("default `{}`", value.text);
    text += field(name, type_of_option(value), doc + otherwise);
  }
  return text;
}

std::string function_text(const ModuleText& module, const ModuleEntry& entry) {
  const ModuleFunction& function = *entry.function;
  std::string text = function.options ? options_text(module, entry) : "";
  text += '\n' + comment(entry.doc);
  if (function.options && !function.parameters.empty()) {
    text += fmt::format("---@param {}? {}\n", function.parameters[0], options_class(module, entry));
  }
  text += fmt::format("---@return {}\n", function.result ? type_of_value(*function.result) : "any");
  return text + fmt::format("function module.{}({}) end\n", entry.name, fmt::join(function.parameters, ", "));
}

}  // namespace

StubFile module_stub(const ModuleText& module) {
  std::string functions;
  std::string text = fmt::format("---@meta {}\n{}\n{}---@class {}\n", module.name, kStubMark,
                                 comment(module.doc), class_of_module(module));
  for (const ModuleEntry& entry : module.entries) {
    if (!is_name(entry.name)) continue;
    if (entry.function) {
      functions += function_text(module, entry);
    } else {
      text += needed_field(entry.name, type_of_value(entry.value), entry.doc);
    }
  }
  std::string name = module.name;
  std::ranges::replace(name, '.', '_');
  return {name + ".lua", text + "local module = {}\n" + functions + "\nreturn module\n"};
}

}  // namespace spanlab::host::editor
