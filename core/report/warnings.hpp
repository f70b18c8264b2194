// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/tables.hpp"

namespace spanlab::host {

/// What a reader must know before any number is believed: scores that are 0 in every trial of a table or of
/// single rows, as those of a model that has learnt nothing. Plain sentences.
std::vector<std::string> result_warnings(const std::vector<std::string>& metrics,
                                         const std::vector<ResultTable>& tables);

}  // namespace spanlab::host
