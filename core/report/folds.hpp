// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "store/plan.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// The path whose values are parts of one measurement.
inline constexpr const char* kFold = "data.fold";

/// The plan with rows that differ in `data.fold` alone made one: a fold is a repeat of its configuration, as
/// a seed is. A plan that does not vary it stays as it is.
SPANLAB_API Plan with_folds_as_repeats(const Plan& plan);

/// The folds of a plan in words; empty if it does not vary them.
SPANLAB_API std::string folds_text(const Plan& plan);

}  // namespace spanlab::host
