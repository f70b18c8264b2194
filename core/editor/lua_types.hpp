// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/registry.hpp"
#include "spanlab/parameters.hpp"

// Pieces of definition files, in the annotations that Lua language servers read.

namespace spanlab::host::editor {

/// The type of a parameter's values: `integer`, `"gru"|"lstm"`, `string[]`.
std::string type_of(const Parameter& parameter);

/// A list of them: `integer[]`, `("gru"|"lstm")[]`.
std::string list_of(const std::string& type);

/// One of several types, each once.
std::string any_of(const std::set<std::string>& types);

/// `text` as a literal of Lua.
std::string literal(std::string_view text);

/// `Encoder` for `encoder`, as the class of what `lab.encoder` gives is called.
std::string class_of(ComponentKind kind);

/// The class of a component's table of parameters: `spanlab.encoder.bert`.
std::string class_of(ComponentKind kind, const std::string& id);

/// A name that can stand in the name of a class: other characters become `_`.
std::string class_name(std::string_view text);

/// Whether Lua takes it as a name.
bool is_name(std::string_view text);

/// Lines of comment: `---` and the text, which may have several lines; nothing for none.
std::string comment(std::string_view text);

/// A parameter's sentence, and below it what fits and its default.
std::string doc_of(const Parameter& parameter);

/// The field `name?` of a class, a path in brackets and quotes.
std::string field(std::string_view name, const std::string& type, const std::string& doc);

/// A field that must be there.
std::string needed_field(std::string_view name, const std::string& type, const std::string& doc);

/// The fields of all parameters.
std::string fields(const Schema& schema);

}  // namespace spanlab::host::editor
