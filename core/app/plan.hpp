// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "app/plan_cost.hpp"
#include "app/study.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::app {

/// A plan and what running it would mean here and now. Rows may share a trial: it counts once.
struct PlanPreview {
  Plan plan;
  std::set<std::string> trials;      ///< hashes
  std::set<std::string> cached;      ///< those of them that are finished
  std::vector<std::int64_t> to_run;  ///< per row
  PlanCost cost;                     ///< of what is not cached
  std::vector<Problem> absent;       ///< inputs of what is to run that are not on this machine

  std::size_t number_to_run() const { return trials.size() - cached.size(); }
};

/// Checks a study and looks up which of its trials are there, without running any.
PlanPreview preview_plan(const ScriptOptions& options, const Places& places, const Notes& notes);

}  // namespace spanlab::host::app
