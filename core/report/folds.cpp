// SPDX-License-Identifier: MIT
#include "report/folds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "store/labels.hpp"

namespace spanlab::host {

using nlohmann::json;

Plan with_folds_as_repeats(const Plan& plan) {
  Plan merged = plan;
  if (std::erase(merged.factors, kFold) == 0) return merged;
  merged.rows.clear();
  std::vector<std::int64_t> numbers;
  for (PlanRow row : plan.rows) {
    json factors = json::array();
    for (const json& pair : row.factors) {
      if (!row.ablation.empty() || pair.at(0) != kFold) factors.push_back(pair);
    }
    row.factors = std::move(factors);
    auto same = std::ranges::find_if(merged.rows, [&](const PlanRow& other) {
      return row.ablation.empty() && other.ablation.empty() && other.factors == row.factors;
    });
    numbers.push_back(same - merged.rows.begin());
    if (same == merged.rows.end()) {
      merged.rows.push_back(std::move(row));
    } else {
      same->base = same->base || row.base;
    }
  }
  for (PlannedTrial& trial : merged.trials) trial.row = numbers.at(static_cast<std::size_t>(trial.row));
  label_rows(merged.rows, merged.factors);
  return merged;
}

std::string folds_text(const Plan& plan) {
  if (std::ranges::find(plan.factors, kFold) == plan.factors.end()) return "";
  std::set<json> folds;
  for (const PlannedTrial& trial : plan.trials) folds.insert(trial.configuration.at("data").at("fold"));
  std::vector<std::string> names;
  for (const json& fold : folds) names.push_back(fold.is_null() ? "none" : fold.dump());
  return fmt::format("{}; means are over folds and seeds", fmt::join(names, ", "));
}

}  // namespace spanlab::host
