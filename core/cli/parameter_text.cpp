// SPDX-License-Identifier: MIT
#include "cli/parameter_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "cli/text.hpp"
#include "plugin/registry.hpp"
#include "settings/configuration_json.hpp"

namespace spanlab::host::cli {

using nlohmann::ordered_json;

namespace {

const char* type_name(ParameterType type) {
  switch (type) {
    case ParameterType::boolean:
      return "true or false";
    case ParameterType::integer:
      return "integer";
    case ParameterType::number:
      return "number";
    case ParameterType::text:
      return "text";
    case ParameterType::numbers:
      return "list of numbers";
    case ParameterType::texts:
      return "list of texts";
  }
  return "";
}

// What it stands for, in words; empty if for itself.
std::string role_text(const Parameter& parameter) {
  if (parameter.file) return "name of a file";
  switch (parameter.role) {
    case Role::none:
      return "";
    case Role::pretrained:
      return "a pretrained model's card";
    case Role::component:
      return fmt::format("id of a component of the kind {}", to_text(parameter.component_kind));
    case Role::view:
      return "another view of the data";
    case Role::outputs:
      return "the head's outputs";
    case Role::frozen:
      return "whether the weights are kept";
  }
  return "";
}

ordered_json bound(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

}  // namespace

ordered_json describe(const Parameter& parameter) {
  ordered_json node{{"name", parameter.name},
                    {"type", type_name(parameter.type)},
                    {"default", host::to_json(parameter.default_value)}};
  if (parameter.range) node["range"] = {bound(parameter.range->minimum), bound(parameter.range->maximum)};
  if (!parameter.choices.empty()) node["choices"] = parameter.choices;
  if (!parameter.unit.empty()) node["unit"] = parameter.unit;
  if (parameter.role != Role::none) node["role"] = to_text(parameter.role);
  if (parameter.role == Role::component) node["kind"] = to_text(parameter.component_kind);
  if (parameter.file) node["role"] = "file";
  if (!parameter.since.empty()) node["since"] = parameter.since;
  node["identity"] = parameter.identity;
  node["doc"] = parameter.doc;
  return node;
}

namespace {

// `integer in [0, 100] words, default 20`
std::string type_line(const Parameter& parameter) {
  std::string text = type_name(parameter.type);
  if (parameter.range) {
    const auto [low, high] = *parameter.range;
    text +=
        std::isfinite(high) ? fmt::format(" in [{}, {}]", low, high) : fmt::format(" of at least {}", low);
  }
  if (!parameter.choices.empty()) text += fmt::format(" of {}", fmt::join(parameter.choices, ", "));
  if (!parameter.unit.empty()) text += " (" + parameter.unit + ")";
  if (const std::string role = role_text(parameter); !role.empty()) text += ": " + role;
  const bool is_unset = std::holds_alternative<std::monostate>(parameter.default_value);
  text += ", default " + (is_unset ? "not set" : host::to_json(parameter.default_value).dump());
  if (!parameter.identity) text += ", outside the identity";
  return text + (parameter.since.empty() ? "" : ", since " + parameter.since);
}

// `1,000,000`, `0.5`.
std::string number_text(double value) {
  if (value != std::floor(value) || std::abs(value) > 1e15) return fmt::format("{:g}", value);
  std::string digits = fmt::format("{:.0f}", std::abs(value));
  for (auto at = std::ssize(digits) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return (value < 0 ? "-" : "") + digits;
}

std::string in_cell(const std::string& text) {
  std::string result;
  for (char c : text) result += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
  return result;
}

// What may stand there, as a cell.
std::string value_cell(const Parameter& parameter) {
  std::string text = type_name(parameter.type);
  if (!parameter.choices.empty()) text += fmt::format(": `{}`", fmt::join(parameter.choices, "`, `"));
  if (parameter.range) {
    const auto [low, high] = *parameter.range;
    const bool has_low = std::isfinite(low), has_high = std::isfinite(high);
    if (has_low && has_high) text += fmt::format(", {} to {}", number_text(low), number_text(high));
    if (has_low && !has_high) text += ", at least " + number_text(low);
    if (!has_low && has_high) text += ", at most " + number_text(high);
  }
  if (!parameter.unit.empty()) text += " (" + parameter.unit + ")";
  if (const std::string role = role_text(parameter); !role.empty()) text += "; " + role;
  return text;
}

std::string meaning_cell(const Parameter& parameter) {
  return in_cell(parameter.doc) + (parameter.identity ? "" : "; no part of a trial's identity") +
         (parameter.since.empty() ? "" : "; since " + parameter.since);
}

}  // namespace

void print_parameter(std::ostream& out, const std::string& name, const Parameter& parameter, int columns) {
  print_hanging(out, fmt::format("    {}: ", name), type_line(parameter), columns);
  print_hanging(out, "        ", parameter.doc, columns);
}

std::string markdown_table(std::span<const Parameter> parameters) {
  if (parameters.empty()) return "It has no parameters.\n";
  std::string text = "| name | value | default | meaning |\n| --- | --- | --- | --- |\n";
  for (const Parameter& parameter : parameters) {
    const bool is_unset = std::holds_alternative<std::monostate>(parameter.default_value);
    const std::string value = is_unset ? "not set" : '`' + json_text(parameter.default_value) + '`';
    text += fmt::format("| `{}` | {} | {} | {} |\n", parameter.name, value_cell(parameter), value,
                        meaning_cell(parameter));
  }
  return text;
}

}  // namespace spanlab::host::cli
