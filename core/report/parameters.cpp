// SPDX-License-Identifier: MIT
#include "report/parameters.hpp"

#include <set>

#include "report/names.hpp"
#include "store/configuration_values.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;
using Factors = std::vector<std::string>;
using Values = std::map<std::string, json>;  // of one row, by path

/// Rows of the plan with one value.
struct Group {
  std::string value;
  std::vector<std::size_t> rows;
};

/// The groups in the order of their first rows; last the rows that have no such parameter.
std::vector<Group> groups_at(const std::string& path, const std::vector<Values>& rows) {
  std::vector<Group> groups;
  Group without{"–", {}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto found = rows[row].find(path);
    if (found == rows[row].end()) {
      without.rows.push_back(row);
      continue;
    }
    const std::string value = value_text(found->second);
    auto group = std::ranges::find(groups, value, &Group::value);
    if (group == groups.end()) group = groups.insert(groups.end(), {value, {}});
    group->rows.push_back(row);
  }
  if (!without.rows.empty()) groups.push_back(without);
  return groups;
}

/// The factor of which these rows, and no others, have one value.
std::optional<std::size_t> factor_of(const Factors& factors, const StudyRows& rows,
                                     const std::vector<std::size_t>& group) {
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const json value = rows[group[0]].value(factors[i]);
    std::vector<std::size_t> same;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!rows[row].is_ablation() && rows[row].value(factors[i]) == value) same.push_back(row);
    }
    if (same == group) return i;
  }
  return {};
}

/// The group's value and its rows; the value of a factor says itself which rows have it.
std::string group_text(const Factors& factors, const StudyRows& rows, const std::string& path,
                       const Group& group) {
  if (const auto factor = factor_of(factors, rows, group.rows)) {
    if (factors[*factor] == path) return group.value;
    return fmt::format("{} ({})", group.value, name_of_factor(factors, rows, group.rows[0], *factor));
  }
  std::vector<std::string> names;
  for (std::size_t row : group.rows) names.push_back(name_of_row(factors, rows, row));
  return fmt::format("{} ({})", group.value, few_of(names, "; "));  // names hold commas
}

/// Each value with its rows; where several have one value and no factor in common, it comes last, as that of
/// the others.
std::string values_text(const Factors& factors, const StudyRows& rows, const std::string& path,
                        std::vector<Group> groups) {
  if (groups.size() == 1) return groups[0].value;
  const auto size = [](const Group& group) { return group.rows.size(); };
  const auto most = std::ranges::max_element(groups, {}, size);
  const bool has_others = most->rows.size() >= kFew && !factor_of(factors, rows, most->rows);
  if (has_others) std::rotate(most, most + 1, groups.end());
  std::vector<std::string> texts;
  for (const Group& group : groups) texts.push_back(group_text(factors, rows, path, group));
  if (has_others) {
    texts.back() = fmt::format("{} ({} other rows)", groups.back().value, groups.back().rows.size());
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

Lines all_parameters(const std::vector<std::string>& factors, const StudyRows& rows) {
  std::vector<Values> values;
  std::set<std::string> paths;
  for (const StudyRow& row : rows) {
    for (const auto& [path, value] : values.emplace_back(values_by_path(row.configuration())))
      paths.insert(path);
  }
  Lines lines;
  for (const std::string& path : paths)
    lines.emplace_back(path, values_text(factors, rows, path, groups_at(path, values)));
  return lines;
}

VariedParameters varied_parameters(const StudyRows& rows) {
  std::vector<Values> values;
  std::set<std::string> paths;
  for (const StudyRow& row : rows) {
    for (const auto& [path, value] : values.emplace_back(values_by_path(row.configuration())))
      paths.insert(path);
  }
  const auto value_of = [](const Values& row, const std::string& path) {
    const auto found = row.find(path);
    return found == row.end() ? json() : found->second;
  };
  VariedParameters varied;
  varied.values.resize(rows.size());
  for (const std::string& path : paths) {
    const auto differs = [&](const Values& row) { return value_of(row, path) != value_of(values[0], path); };
    if (std::ranges::none_of(values, differs)) continue;
    varied.paths.push_back(path);
    for (std::size_t row = 0; row < rows.size(); ++row)
      varied.values[row].push_back(value_of(values[row], path));
  }
  return varied;
}

}  // namespace spanlab::host
