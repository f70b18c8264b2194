// SPDX-License-Identifier: MIT
#include "report/names.hpp"

#include <set>

#include "store/configuration_values.hpp"
#include "store/labels.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;
/// Paths, with the value of each in several configurations.
using Settings = std::vector<std::pair<std::string, std::vector<json>>>;

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

bool is_of_factor(const std::vector<std::string>& factors, const std::string& path) {
  return std::ranges::any_of(factors, [&](const std::string& factor) { return at_or_below(path, factor); });
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

void add_variants(const std::vector<std::string>& factors, const std::string& factor, const StudyRows& rows,
                  Lines& lines) {
  std::vector<std::string> names;
  std::vector<json> configurations;
  for (const StudyRow& row : rows) {
    if (row.is_ablation() || !row.has_variant(factor)) continue;
    const std::string name = row.value(factor);
    if (std::ranges::find(names, name) != names.end()) continue;
    names.push_back(name);
    configurations.push_back(row.configuration());
  }
  if (names.size() < 2) return;
  Settings differences;
  add_differences("", configurations, differences);
  std::erase_if(differences, [&](const auto& setting) { return is_of_factor(factors, setting.first); });
  for (std::size_t i = 0; i < names.size(); ++i)
    lines.emplace_back(fmt::format("{}={}", factor, names[i]), settings_text(differences, i));
}

void add_ablations(const StudyRows& rows, Lines& lines) {
  const auto base = std::ranges::find_if(rows, [](const StudyRow& row) { return row.planned().base; });
  if (base == rows.end()) return;
  std::vector<std::string> names{kBaseModel};
  std::vector<json> configurations{base->configuration()};
  for (const StudyRow& row : rows) {
    if (!row.is_ablation()) continue;
    names.push_back(row.planned().ablation);
    configurations.push_back(row.configuration());
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

Lines meanings_of_names(const std::vector<std::string>& factors, const StudyRows& rows) {
  Lines lines;
  for (const std::string& factor : factors) add_variants(factors, factor, rows, lines);
  add_ablations(rows, lines);
  return lines;
}

std::string name_of_factor(const std::vector<std::string>& factors, const StudyRows& rows, std::size_t row,
                           std::size_t factor) {
  const std::string& path = factors[factor];
  if (rows[row].has_variant(path)) return rows[row].value(path);
  std::vector<json> all;
  for (const StudyRow& other : rows) all.push_back(other.value(path));
  return short_names(factors)[factor] + "=" + value_text(all[row], all);
}

std::string name_of_row(const std::vector<std::string>& factors, const StudyRows& rows, std::size_t row) {
  if (rows[row].is_ablation()) return rows[row].planned().ablation;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (!rows[row].value(factors[i]).is_null()) parts.push_back(name_of_factor(factors, rows, row, i));
  }
  return parts.empty() ? kBaseModel : fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace spanlab::host
