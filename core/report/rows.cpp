// SPDX-License-Identifier: MIT
#include "report/rows.hpp"

#include "store/configuration_values.hpp"
#include "store/labels.hpp"

namespace spanlab::host {

using nlohmann::json;

json StudyRow::value(const std::string& path) const {
  for (const json& factor : planned_->factors) {
    if (factor.at(0) == path) return factor.at(1);
  }
  return value_at(*configuration_, path);
}

bool StudyRow::has_variant(const std::string& factor) const {
  return value(factor).is_string() && value_at(*configuration_, factor).is_null();
}

StudyRows rows_of(const Plan& plan) {
  static const json none = json::object();
  std::vector<const json*> configurations(plan.rows.size(), &none);
  for (const PlannedTrial& trial : plan.trials) {
    const json*& known = configurations.at(static_cast<std::size_t>(trial.row));
    if (known == &none) known = &*trial.configuration;
  }
  StudyRows rows;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) rows.emplace_back(i, plan.rows[i], *configurations[i]);
  return rows;
}

std::string value_text(const json& value, const std::vector<json>& others) {
  return value == "" ? "none" : value_label(value, others);
}

}  // namespace spanlab::host
