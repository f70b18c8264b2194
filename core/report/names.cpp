// SPDX-License-Identifier: MIT
#include "report/names.hpp"

#include <set>

#include "report/settings.hpp"
#include "store/labels.hpp"

namespace spanlab {
namespace {

using nlohmann::json;
using Settings = std::vector<std::pair<std::string, std::vector<json>>>;  // a path, and its value in each of
                                                                          // several configurations

bool same_component(const std::vector<json>& nodes) {
  return std::ranges::all_of(nodes, [&](const json& node) {
    return node.is_object() && node.value("component", "") == nodes[0].value("component", "");
  });
}

bool all_have(const std::vector<json>& nodes, const std::string& name) {
  return std::ranges::all_of(nodes,
                             [&](const json& node) { return node.is_object() && node.contains(name); });
}

/// Adds the outermost paths at which the configurations' `nodes` differ; of components of different ids, the
/// ids and what both have.
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
  return std::ranges::any_of(plan.factors,
                             [&](const std::string& factor) { return at_or_below(path, factor); });
}

/// A component with the parameters that not all of `nodes` have: those that all have differ in places of
/// their own, or not at all.
std::string component_text(const json& component, const std::vector<json>& nodes) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : component.items()) {
    if (name != "component" && !all_have(nodes, name)) parts.push_back(name + "=" + value_text(value));
  }
  const std::string id = component.at("component");
  return parts.empty() ? id : fmt::format("{}({})", id, fmt::join(parts, ", "));
}

/// What the configuration in place `which` has at the paths that differ, as one line.
std::string settings_text(const Settings& differences, std::size_t which) {
  std::vector<std::string> parts;
  for (const auto& [path, values] : differences) {
    const json& value = values[which];
    const bool is_component = value.is_object() && value.contains("component");
    parts.push_back(path + "=" + (is_component ? component_text(value, values) : value_text(value, values)));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

/// True of a value that names a variant: no configuration has its factor as a path.
bool is_variant(const Plan& plan, std::size_t row, const std::string& factor) {
  return factor_value(plan, row, factor).is_string() &&
         value_at(configuration_of(plan, row), factor).is_null();
}

void add_variants(const Plan& plan, const std::string& factor, Lines& lines) {
  std::vector<std::string> names;
  std::vector<json> configurations;
  for (std::size_t row = 0; row < plan.rows.size(); ++row) {
    if (!plan.rows[row].ablation.empty() || !is_variant(plan, row, factor)) continue;
    const std::string name = factor_value(plan, row, factor);
    if (std::ranges::find(names, name) != names.end()) continue;
    names.push_back(name);
    configurations.push_back(configuration_of(plan, row));
  }
  if (names.size() < 2) return;
  Settings differences;
  add_differences("", configurations, differences);
  std::erase_if(differences, [&](const auto& setting) { return is_of_factor(plan, setting.first); });
  for (std::size_t i = 0; i < names.size(); ++i)
    lines.emplace_back(fmt::format("{}={}", factor, names[i]), settings_text(differences, i));
}

void add_ablations(const Plan& plan, Lines& lines) {
  const auto base = std::ranges::find(plan.rows, true, &PlanRow::base);
  if (base == plan.rows.end()) return;
  std::vector<std::string> names{"base model"};
  std::vector<json> configurations{
      configuration_of(plan, static_cast<std::size_t>(base - plan.rows.begin()))};
  for (std::size_t row = 0; row < plan.rows.size(); ++row) {
    if (plan.rows[row].ablation.empty()) continue;
    names.push_back(plan.rows[row].ablation);
    configurations.push_back(configuration_of(plan, row));
  }
  if (names.size() < 2) return;
  Settings changed;
  add_differences("", configurations, changed);
  lines.emplace_back(names[0], settings_text(changed, 0));
  for (std::size_t i = 1; i < names.size(); ++i) {
    Settings differences;
    add_differences("", {configurations[0], configurations[i]}, differences);
    lines.emplace_back(names[i], settings_text(differences, 1));
  }
}

}  // namespace

Lines meanings_of_names(const Plan& plan) {
  Lines lines;
  for (const std::string& factor : plan.factors) add_variants(plan, factor, lines);
  add_ablations(plan, lines);
  return lines;
}

std::string name_of_factor(const Plan& plan, std::size_t row, std::size_t factor) {
  const std::string& path = plan.factors[factor];
  if (is_variant(plan, row, path)) return factor_value(plan, row, path);
  std::vector<json> all;
  for (std::size_t other = 0; other < plan.rows.size(); ++other)
    all.push_back(factor_value(plan, other, path));
  return short_names(plan.factors)[factor] + "=" + value_text(all[row], all);
}

std::string name_of_row(const Plan& plan, std::size_t row) {
  if (!plan.rows[row].ablation.empty()) return plan.rows[row].ablation;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < plan.factors.size(); ++i) {
    if (!factor_value(plan, row, plan.factors[i]).is_null()) parts.push_back(name_of_factor(plan, row, i));
  }
  return parts.empty() ? "base model" : fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace spanlab
