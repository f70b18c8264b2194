// SPDX-License-Identifier: MIT
#pragma once

#include "report/content.hpp"
#include "store/plan.hpp"

namespace spanlab {

/// Every parameter that some row has: its value, or each value with the rows that have it, `1 (SpERT.MT), –
/// (SpERT)`; a dash where a row's components have no such parameter.
Lines all_parameters(const Plan& plan);

}  // namespace spanlab
