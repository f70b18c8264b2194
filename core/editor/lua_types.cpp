// SPDX-License-Identifier: MIT
#include "editor/lua_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "settings/configuration_json.hpp"

namespace spanlab::host::editor {

namespace {

constexpr std::array<std::string_view, 22> kKeywords{
    "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
    "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_letter_or_digit(char c) { return is_letter(c) || std::isdigit(static_cast<unsigned char>(c)); }

std::string text_type(const Parameter& parameter) {
  if (parameter.role == Role::pretrained) return "spanlab.PretrainedName";
  if (parameter.role == Role::component) return class_of(parameter.component_kind) + "Name";
  std::set<std::string> choices;
  for (const std::string& choice : parameter.choices) choices.insert(literal(choice));
  return choices.empty() ? "string" : any_of(choices);
}

std::string field_line(std::string_view name, std::string_view mark, const std::string& type) {
  const std::string key = is_name(name) ? std::string(name) : fmt::format("[{}]", literal(name));
  return fmt::format("---@field {}{} {}\n", key, mark, type);
}

}  // namespace

std::string type_of(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::boolean:
      return "boolean";
    case ParameterType::integer:
      return "integer";
    case ParameterType::number:
      return "number";
    case ParameterType::numbers:
      return "number[]";
    case ParameterType::text:
      return text_type(parameter);
    case ParameterType::texts:
      return list_of(text_type(parameter));
  }
  return "any";
}

std::string list_of(const std::string& type) {
  return type.find('|') == type.npos ? type + "[]" : fmt::format("({})[]", type);
}

std::string any_of(const std::set<std::string>& types) { return fmt::format("{}", fmt::join(types, "|")); }

std::string literal(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    const bool is_control = static_cast<unsigned char>(c) < ' ';
    result += is_control ? fmt::format("\\{:03}", static_cast<int>(c)) : std::string(1, c);
  }
  return result + '"';
}

std::string class_of(ComponentKind kind) {
  std::string name(to_text(kind));
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  return "spanlab." + name;
}

std::string class_of(ComponentKind kind, const std::string& id) {
  return fmt::format("spanlab.{}.{}", to_text(kind), class_name(id));
}

std::string class_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (!is_letter_or_digit(c) && c != '.') c = '_';
  }
  return name;
}

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::ranges::all_of(text, is_letter_or_digit) &&
         std::ranges::find(kKeywords, text) == kKeywords.end();
}

std::string comment(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += fmt::format("---{}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string doc_of(const Parameter& parameter) {
  const bool is_unset = std::holds_alternative<std::monostate>(parameter.default_value);
  const std::string unit = parameter.unit.empty() ? "" : fmt::format(" ({})", parameter.unit);
  const std::string since = parameter.since.empty() ? "" : "; since " + parameter.since;
  return fmt::format("{}\n\n{}{}; default {}{}", parameter.doc, what_fits(parameter), unit,
                     is_unset ? "not set" : '`' + json_text(parameter.default_value) + '`', since);
}

std::string field(std::string_view name, const std::string& type, const std::string& doc) {
  return comment(doc) + field_line(name, "?", type);
}

std::string needed_field(std::string_view name, const std::string& type, const std::string& doc) {
  return comment(doc) + field_line(name, "", type);
}

std::string fields(const Schema& schema) {
  std::string lines;
  for (const Parameter& parameter : schema.parameters()) {
    lines += field(parameter.name, type_of(parameter), doc_of(parameter));
  }
  return lines;
}

}  // namespace spanlab::host::editor
