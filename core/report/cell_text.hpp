// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "report/tables.hpp"

// What the writers for readers say alike.

namespace spanlab::host {

/// `83.57 ± 0.95`; without deviation the mean alone; a dash without a value.
std::string score_text(const ScoreCell& cell);
/// `+1.20` or `−0.40`; `base` for a row that others are compared with; a dash where there is nothing to
/// compare with.
std::string difference_text(const ResultRow& row, const ScoreCell& cell);
std::string signed_text(double number);
/// The interval of a difference, `−0.40 to +1.20`; a dash where there is none.
std::string interval_text(const Difference& difference);
/// `3`, or `2 of 3` where trials are missing.
std::string count_text(const ResultRow& row);
/// A sentence about the table's numbers: what is compared, how, and what the number of seeds allows.
std::string table_note(const ResultTable& table);
/// What the comparison of a row says: `no evidence at n = 3`, or `evidence` below 0.05 after correction.
std::string verdict(const Difference& difference);
/// `0.25`, `< 0.001`.
std::string p_text(double p);

}  // namespace spanlab::host
