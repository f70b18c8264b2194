// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/lines.hpp"
#include "report/results.hpp"
#include "report/rows.hpp"

namespace spanlab::host {

/// What all rows share: data and evaluation, scores, encoder, seeds, number type, device, numbers of trials
/// and of trained parameters, and what the script set. `rows` are those of the plan.
Lines shared_setup(const Plan& plan, const StudyRows& rows, const std::vector<std::string>& metrics,
                   const std::vector<TrialResult>& trials);

}  // namespace spanlab::host
