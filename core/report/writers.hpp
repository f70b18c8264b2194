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
/// A row per trial and metric, with a column for each parameter in which the trials differ.
std::string trials_csv(const Report& report);
/// All of it as values, and the checksums of the report's other files by their paths.
std::string report_json(const Report& report, const std::vector<Chart>& charts,
                        const std::map<std::string, std::string>& files);
/// One table per table of the report, by booktabs and siunitx, with the columns and names of `request`.
std::string latex(const Report& report, const ReportRequest& request);
/// A chart by pgfplots, data included.
std::string latex_chart(const Chart& chart);
/// What a paper says of set-up and comparisons, as LaTeX that cites kReferences (references.hpp).
std::string methods(const Report& report);
/// A document of methods, tables, charts and references.
std::string paper(const Report& report, const std::vector<Chart>& charts);
/// The reproducibility checklists of Dodge et al. (2019) and Ulmer et al. (2022), filled from the store, as
/// Markdown. What the store does not know stays open and says so.
std::string checklist(const Report& report);
/// The main tables for a terminal of `columns` columns.
std::string terminal(const Report& report, int columns);

}  // namespace spanlab::host
