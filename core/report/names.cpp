// SPDX-License-Identifier: MIT
#include "report/names.hpp"

#include <set>

#include "report/settings.hpp"

namespace spanlab {
namespace {

using nlohmann::json;
using Settings = std::vector<std::pair<std::string, std::vector<json>>>;  // a path, and its value in each of several configurations

bool same_component(const std::vector<json>& nodes) {
  return std::ranges::all_of(nodes, [&](const json& node) { return node.is_object() && node.value("component", "") == nodes[0].value("component", ""); });
}

bool all_have(const std::vector<json>& nodes, const std::string& name) {
  return std::ranges::all_of(nodes, [&](const json& node) { return node.is_object() && node.contains(name); });
}

/// Adds the outermost paths at which the configurations' `nodes` differ; of components of different ids, the ids and what both have.
void add_differences(const std::string& path, const std::vector<json>& nodes, Settings& found) {
  if (std::ranges::all_of(nodes, [&](const json& node) { return node == nodes[0]; })) return;
  if (!nodes[0].is_object() || !same_component(nodes)) {
    found.emplace_back(path, nodes);
    if (!all_have(nodes, "component")) return;
  }
  const bool same = same_component(nodes);
  std::set<std::string> names;
  for (const json& node : nodes) {
    for (const auto& [name, member] : node.items()) {
      if (same || (name != "component" && all_have(nodes, name))) names.insert(name);
    }
  }
  for (const std::string& name : names) {
    std::vector<json> members;
    for (const json& node : nodes) members.push_back(node.value(name, json()));
    add_differences(path.empty() ? name : path + "." + name, members, found);
  }
}

bool is_of_factor(const Plan& plan, const std::string& path) {
  return std::ranges::any_of(plan.factors, [&](const std::string& factor) { return at_or_below(path, factor); });
}

/// What the configuration in place `which` has at the paths that differ, as one line.
std::string settings_text(const Settings& differences, std::size_t which) {
  std::vector<std::string> parts;
  for (const auto& [path, values] : differences) parts.push_back(path + "=" + value_text(values[which], values));
  return fmt::format("{}", fmt::join(parts, "; "));
}

void add_variants(const Plan& plan, const std::string& factor, Lines& lines) {
  std::vector<std::string> names;
  std::vector<json> configurations;
  for (std::size_t row = 0; row < plan.rows.size(); ++row) {
    const json value = plan.rows[row].ablation.empty() ? factor_value(plan, row, factor) : json();
    if (!value.is_string() || std::ranges::find(names, value.get<std::string>()) != names.end()) continue;
    if (!value_at(configuration_of(plan, row), factor).is_null()) return;  // a path, no name
    names.push_back(value);
    configurations.push_back(configuration_of(plan, row));
  }
  if (names.size() < 2) return;
  Settings differences;
  add_differences("", configurations, differences);
  std::erase_if(differences, [&](const auto& setting) { return is_of_factor(plan, setting.first); });
  for (std::size_t i = 0; i < names.size(); ++i) lines.emplace_back(fmt::format("{}={}", factor, names[i]), settings_text(differences, i));
}

}  // namespace

Lines meanings_of_names(const Plan& plan) {
  Lines lines;
  for (const std::string& factor : plan.factors) add_variants(plan, factor, lines);
  const auto base = std::ranges::find(plan.rows, true, &PlanRow::base);
  for (std::size_t row = 0; base != plan.rows.end() && row < plan.rows.size(); ++row) {
    if (plan.rows[row].ablation.empty()) continue;
    Settings differences;
    add_differences("", {configuration_of(plan, static_cast<std::size_t>(base - plan.rows.begin())), configuration_of(plan, row)}, differences);
    lines.emplace_back(plan.rows[row].ablation, settings_text(differences, 1));
  }
  return lines;
}

}  // namespace spanlab
