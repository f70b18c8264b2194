// SPDX-License-Identifier: MIT
#pragma once

#include "store/plan.hpp"
#include "study/problems.hpp"
#include "study/study.hpp"

namespace spanlab::host {

/// Gives the plan's report the study's names and columns. A name of nothing that the report shows, and a
/// column that is neither a score nor a factor of it, is a problem with the nearest one.
void add_names(const Study& study, Plan& plan, Problems& problems);

}  // namespace spanlab::host
