// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "results/evaluated.hpp"
#include "store/run_store.hpp"

namespace spanlab::host {

/// Writes report.md, report.html, charts/*.svg, *.vl.json and *.tex, table.csv, trials.csv, report.json, the
/// parts of a paper (paper.tex, table.tex, methods.tex, references.bib) and checklist.md of a plan into
/// `folder` from stored results alone, all of them or none (StagedReport). Unfinished and failed trials are
/// listed, never invented. Returns why no SVG was drawn, or empty. Outside the run store, no file is replaced
/// that is not of this study's report: Error(usage). With a `reader` of predictions the pages have a section
/// on errors (errors.hpp).
SPANLAB_API std::string write_report(const Plan& plan, const RunStore& store,
                                     const std::filesystem::path& folder, EvaluatedReader* reader = nullptr);

/// The main table for a terminal of `columns` columns: a row per configuration, mean ± deviation, n,
/// difference to the baseline.
SPANLAB_API std::string terminal_table(const Plan& plan, const RunStore& store, int columns);

}  // namespace spanlab::host
