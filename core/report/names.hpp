// SPDX-License-Identifier: MIT
#pragma once

#include "report/content.hpp"
#include "study/plan.hpp"

namespace spanlab {

/// What the names of variants and of ablations stand for: of variants the settings in which those of one factor differ, of an
/// ablation what it has instead of the base model. Empty where every row is told by paths.
Lines meanings_of_names(const Plan& plan);

}  // namespace spanlab
