// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/error_examples.hpp"
#include "app/places.hpp"
#include "evaluate/calibration.hpp"
#include "results/trial_errors.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::app {

struct ErrorsOptions {
  std::string subject;  ///< a trial, or a row of a study (chosen_trials.hpp)
  std::optional<std::string> group;
  std::optional<std::string> category;  ///< of error_categories(): its sentences are wanted
  std::optional<std::string> type;      ///< of entities or relations: the same
  std::int64_t limit = 10;              ///< examples at most; 0: all
};

/// What is told of the errors of a trial or a row.
struct FoundErrors {
  std::string name;
  SharedErrors errors;
  ErrorCounts counts;
  /// Of all trials together.
  JudgedItems entities;
  JudgedItems relations;
  /// Where a category or a type was asked for: what belongs to it, as many as wanted, and how many there are.
  std::vector<ErrorExample> examples;
  std::size_t examples_found = 0;
};

/// Throws Error(usage) with the nearest trial, row, group, category or type.
SPANLAB_API FoundErrors find_errors(const ErrorsOptions& options, const Places& places);

/// All of it as text of JSON.
SPANLAB_API std::string errors_json(const FoundErrors& found);

}  // namespace spanlab::host::app
