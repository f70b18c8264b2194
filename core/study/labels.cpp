// SPDX-License-Identifier: MIT
#include "study/labels.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

std::string last_names(const std::string& path, int count) {
  std::size_t begin = path.size();
  for (; count > 0 && begin != 0 && begin != path.npos; --count) begin = path.rfind('.', begin - 1);
  return begin == path.npos ? path : path.substr(begin == 0 ? 0 : begin + 1);
}

// 1 - 0.8 is 0.19999999999999996, which nobody wrote: of digits that only arithmetic made, twelve are shown.
std::string number_label(double value) {
  std::string full = fmt::format("{}", value), rounded = fmt::format("{:.12g}", value);
  return rounded.size() + 2 < full.size() ? rounded : full;
}

std::string plain_label(const json& value) {
  if (value.is_null()) return "none";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return number_label(value);
  if (!value.is_array()) return value.dump();
  std::vector<std::string> items;
  for (const json& item : value) items.push_back(plain_label(item));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

// The parameters that differ among the components of one id.
std::vector<std::string> differences(const json& component, const std::vector<json>& values) {
  std::vector<std::string> names;
  for (const auto& [name, value] : component.items()) {
    auto differs = [&](const json& other) {
      return other.is_object() && other.value("component", "") == component.at("component") && other.contains(name) && other.at(name) != value;
    };
    if (std::ranges::any_of(values, differs)) names.push_back(name);
  }
  return names;
}

// For each factor, its different component values: what their labels are told apart by.
std::vector<std::vector<json>> component_values(const std::vector<PlanRow>& rows, std::size_t factors) {
  std::vector<std::vector<json>> values(factors);
  for (const PlanRow& row : rows) {
    for (std::size_t i = 0; row.ablation.empty() && i < factors; ++i) {
      const json& value = row.factors[i][1];
      if (value.is_object() && std::ranges::find(values[i], value) == values[i].end()) values[i].push_back(value);
    }
  }
  return values;
}

}  // namespace

std::vector<std::string> short_names(const std::vector<std::string>& factors) {
  std::vector<std::string> names;
  for (const std::string& path : factors) {
    int count = 1;
    auto clashes = [&](const std::string& other) { return other != path && last_names(other, count) == last_names(path, count); };
    while (std::ranges::any_of(factors, clashes)) ++count;
    names.push_back(last_names(path, count));
  }
  return names;
}

std::string value_label(const json& value, const std::vector<json>& values) {
  if (!value.is_object()) return plain_label(value);
  if (value.contains("component")) {
    std::string label = value.at("component").get<std::string>();
    std::vector<std::string> parts;
    for (const std::string& name : differences(value, values)) parts.push_back(fmt::format("{}={}", name, plain_label(value.at(name))));
    return parts.empty() ? label : fmt::format("{}({})", label, fmt::join(parts, ", "));
  }
  if (value.contains("name")) return value.at("name").get<std::string>();
  std::vector<std::string> parts;
  for (const auto& [name, member] : value.items()) parts.push_back(fmt::format("{}={}", name, value_label(member, {})));
  return fmt::format("{}", fmt::join(parts, ", "));
}

void label_rows(std::vector<PlanRow>& rows, const std::vector<std::string>& factors) {
  const std::vector<std::string> names = short_names(factors);
  const std::vector<std::vector<json>> values = component_values(rows, factors.size());
  for (PlanRow& row : rows) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; row.ablation.empty() && i < names.size(); ++i) {
      const json& value = row.factors[i][1];
      if (!value.is_null()) parts.push_back(fmt::format("{}={}", names[i], value_label(value, values[i])));
    }
    row.label = !row.ablation.empty() ? row.ablation : parts.empty() ? "base" : fmt::format("{}", fmt::join(parts, ", "));
  }
}

}  // namespace spanlab
