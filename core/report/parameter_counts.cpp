// SPDX-License-Identifier: MIT
#include "report/parameter_counts.hpp"

#include "sdk/number_text.hpp"

namespace spanlab::host {
namespace {

using Parts = std::map<std::string, std::int64_t>;

// `6,192,205: encoder.char 2,464, …`
std::string parts_text(const Parts& shown, const Parts& all) {
  std::int64_t sum = 0;
  for (const auto& [part, count] : all) sum += count;
  std::vector<std::string> texts;
  for (const auto& [part, count] : shown) texts.push_back(fmt::format("{} {}", part, with_commas(count)));
  return with_commas(sum) + (texts.empty() ? "" : fmt::format(": {}", fmt::join(texts, ", ")));
}

/// Rows with the same parts stand together, in the order of the first ones.
std::vector<std::pair<Parts, std::vector<std::string>>> by_parts(
    const std::vector<std::pair<std::string, Parts>>& rows) {
  std::vector<std::pair<Parts, std::vector<std::string>>> groups;
  for (const auto& [label, parts] : rows) {
    auto group = std::ranges::find(groups, parts, &std::pair<Parts, std::vector<std::string>>::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {parts, {}});
    group->second.push_back(label);
  }
  return groups;
}

}  // namespace

Lines parameter_lines(const std::vector<TrialResult>& trials) {
  std::vector<std::pair<std::string, Parts>> rows;
  for (const TrialResult& trial : trials) {
    if (!trial.parameters.empty() && (rows.empty() || rows.back().first != trial.label)) {
      rows.emplace_back(trial.label, trial.parameters);
    }
  }
  if (rows.empty()) return {};
  const Parts& first = rows.front().second;
  if (std::ranges::all_of(rows, [&](const auto& row) { return row.second == first; })) {
    return {{"trained parameters", parts_text(first, first)}};
  }
  Parts common;
  for (const auto& part : first) {
    if (std::ranges::all_of(
            rows, [&](const auto& row) { return std::ranges::find(row.second, part) != row.second.end(); })) {
      common.insert(part);
    }
  }
  Lines lines;
  if (!common.empty()) {
    lines.emplace_back("trained parameters that all rows have", parts_text(common, common));
  }
  for (const auto& [parts, labels] : by_parts(rows)) {
    Parts own = parts;
    std::erase_if(own, [&](const auto& part) { return common.contains(part.first); });
    lines.emplace_back("trained parameters: " + few_of(labels, "; "), parts_text(own, parts));
  }
  return lines;
}

}  // namespace spanlab::host
