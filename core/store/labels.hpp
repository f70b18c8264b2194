// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "store/plan.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// What the row is called in which nothing varies, and the one that ablations are compared with.
inline constexpr const char* kBaseModel = "base model";

/// A factor's path, cut to its last names as far as they still tell the factors apart: `negatives`,
/// `entity.depth`.
std::vector<std::string> short_names(const std::vector<std::string>& factors);

/// A factor's values: `20`, `5e-05`, `true`, `[identify, classify]`, `none`; a component is its id with the
/// parameters in which those of the same id differ: `bert(frozen=true)`. Different values have different
/// labels: numbers that twelve digits do not tell apart have all of theirs, and texts stand in quotes.
SPANLAB_API std::vector<std::string> value_labels(const std::vector<nlohmann::json>& values);

/// The label of one of `values`.
SPANLAB_API std::string value_label(const nlohmann::json& value, const std::vector<nlohmann::json>& values);

/// Names the rows of a plan by their factors' values, an ablation by its entry, a row where nothing varies as
/// the base model; each by another name.
SPANLAB_API void label_rows(std::vector<PlanRow>& rows, const std::vector<std::string>& factors);

}  // namespace spanlab::host
