// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "store/run_store.hpp"

namespace spanlab {

/// Writes report.md, report.html, charts/*.svg, table.csv, report.json and table.tex of a plan into `folder` from stored results alone.
/// Unfinished and failed trials are listed, never invented.
SPANLAB_API void write_report(const Plan& plan, const RunStore& store, const std::filesystem::path& folder);

/// The main table for a terminal of `columns` columns: a row per configuration, mean ± deviation, n, difference to the baseline.
SPANLAB_API std::string terminal_table(const Plan& plan, const RunStore& store, int columns);

}  // namespace spanlab
