// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/charts.hpp"
#include "report/content.hpp"

namespace spanlab::host {

/// Files that the Markdown page may show: the charts that were drawn as SVG, and what to say where they were
/// not.
struct DrawnCharts {
  std::vector<std::string> names;
  std::string trouble;
};

/// For readers of the repository: tables, and the charts that were drawn as images.
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
/// The main tables for a terminal of `columns` columns.
std::string terminal(const Report& report, int columns);

}  // namespace spanlab::host
