// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/lines.hpp"
#include "report/rows.hpp"

namespace spanlab::host {

/// Every parameter that some row has: its value, or each value with the rows that have it, `1 (SpERT.MT), –
/// (SpERT)`; a dash where a row's components have no such parameter. `factors` are the plan's.
Lines all_parameters(const std::vector<std::string>& factors, const StudyRows& rows);

/// The paths in which the rows differ, with the value of each row, in the rows' order; null where a row has
/// no such path.
struct VariedParameters {
  std::vector<std::string> paths;
  std::vector<std::vector<nlohmann::json>> values;  // by row
};
VariedParameters varied_parameters(const StudyRows& rows);

}  // namespace spanlab::host
