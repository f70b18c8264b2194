// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "store/plan.hpp"

namespace spanlab::host {

/// A row of a plan, with the configuration of its trials, which differ in the seed alone. Refers to the plan.
class StudyRow {
 public:
  StudyRow(std::size_t number, const PlanRow& planned, const nlohmann::json& configuration)
      : number_(number), planned_(&planned), configuration_(&configuration) {}

  /// Its place in the plan.
  std::size_t number() const { return number_; }
  const PlanRow& planned() const { return *planned_; }
  const nlohmann::json& configuration() const { return *configuration_; }
  bool is_ablation() const { return !planned_->ablation.empty(); }
  /// What the row sets `path` to: its factor, else what its configuration holds; null where it has no such
  /// path.
  nlohmann::json value(const std::string& path) const;
  /// True where the row's factor of this name is a variant: no configuration has it as a path.
  bool has_variant(const std::string& factor) const;

 private:
  std::size_t number_;
  const PlanRow* planned_;
  const nlohmann::json* configuration_;
};

/// The rows of a plan, in its order.
using StudyRows = std::vector<StudyRow>;
StudyRows rows_of(const Plan& plan);

/// A configuration value as tables show it, by the rules of the rows' labels; an empty text is `none`.
std::string value_text(const nlohmann::json& value, const std::vector<nlohmann::json>& others = {});

}  // namespace spanlab::host
