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
/// A sentence about the table's numbers: what they are and what is compared.
std::string table_note(const ResultTable& table);
/// `0.25`, `< 0.001`; a dash where nothing was tested.
std::string p_text(const std::optional<double>& p);

/// The columns of the comparisons in full.
struct ComparisonColumn {
  std::string heading;
  bool is_number = false;
};
std::vector<ComparisonColumn> comparison_columns(const ReportRequest& request);
/// The texts of all comparisons of a table in these columns.
std::vector<std::vector<std::string>> comparison_rows(const ReportRequest& request,
                                                      const std::vector<std::string>& metrics,
                                                      const ResultTable& table);

}  // namespace spanlab::host
