// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/charts.hpp"
#include "report/content.hpp"

namespace spanlab {

/// Files that the Markdown page may show: the charts that were drawn as SVG, and what to say where they were
/// not.
struct DrawnCharts {
  std::vector<std::string> names;
  std::string trouble;
};

std::string markdown(const Report& report, const std::vector<Chart>& charts, const DrawnCharts& drawn);

/// One self-contained page. `bundle` is the JavaScript of Vega-Lite; empty: the page says why it has no
/// charts.
std::string html(const Report& report, const std::vector<Chart>& charts, const std::string& bundle);

/// A row per configuration: mean, deviation, interval, difference at full precision.
std::string table_csv(const Report& report);
/// A row per trial and metric.
std::string trials_csv(const Report& report);
/// All of it as values, and the checksums of the report's other files by their paths.
std::string report_json(const Report& report, const std::vector<Chart>& charts,
                        const std::map<std::string, std::string>& files);
/// One booktabs table per table of the report.
std::string latex(const Report& report);
std::string terminal(const Report& report, int columns);

// What the writers for readers have in common.

/// `83.57 ± 0.95`; without deviation the mean alone; a dash without a value.
std::string score_text(const ScoreCell& cell);
/// `+1.20` or `−0.40`; `base` for a row that others are compared with; a dash where there is nothing to
/// compare with.
std::string difference_text(const ResultRow& row, const ScoreCell& cell);
std::string signed_text(double number);
/// Up to `kFew` texts in one line, or one less and how many more there are.
std::string few_of(const std::vector<std::string>& texts, std::string_view separator = ", ");
inline constexpr std::size_t kFew = 3;
/// `3`, or `2 of 3` where trials are missing.
std::string count_text(const ResultRow& row);
/// A sentence about the table's numbers: what is compared, how, and what the number of seeds allows.
std::string table_note(const ResultTable& table);
/// What the comparison of a row says: `no evidence at n = 3`, or `evidence` below 0.05 after correction.
std::string verdict(const Difference& difference);
/// `0.25`, `< 0.001`.
std::string p_text(double p);

}  // namespace spanlab
