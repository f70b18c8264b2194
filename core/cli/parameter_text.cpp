// SPDX-License-Identifier: MIT
#include "cli/parameter_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "cli/text.hpp"
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

ordered_json bound(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

}  // namespace

ordered_json describe(const Parameter& parameter) {
  ordered_json node{{"name", parameter.name},
                    {"type", type_name(parameter.type)},
                    {"default", host::to_json(parameter.default_value)}};
  if (parameter.range) node["range"] = {bound(parameter.range->minimum), bound(parameter.range->maximum)};
  if (!parameter.choices.empty()) node["choices"] = parameter.choices;
  if (!parameter.unit.empty()) node["unit"] = parameter.unit;
  node["identity"] = parameter.identity;
  node["doc"] = parameter.doc;
  return node;
}

namespace {

// `integer in [0, 100] words, default 20`
std::string type_line(const Parameter& parameter) {
  std::string text = parameter.file ? "name of a file" : type_name(parameter.type);
  if (parameter.range) {
    const auto [low, high] = *parameter.range;
    text +=
        std::isfinite(high) ? fmt::format(" in [{}, {}]", low, high) : fmt::format(" of at least {}", low);
  }
  if (!parameter.choices.empty()) text += fmt::format(" of {}", fmt::join(parameter.choices, ", "));
  if (!parameter.unit.empty()) text += " (" + parameter.unit + ")";
  const bool is_unset = std::holds_alternative<std::monostate>(parameter.default_value);
  return text + ", default " + (is_unset ? "not set" : host::to_json(parameter.default_value).dump()) +
         (parameter.identity ? "" : ", outside the identity");
}

}  // namespace

void print_parameter(std::ostream& out, const std::string& name, const Parameter& parameter, int columns) {
  print_hanging(out, fmt::format("    {}: ", name), type_line(parameter), columns);
  print_hanging(out, "        ", parameter.doc, columns);
}

}  // namespace spanlab::host::cli
