// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/study.hpp"

namespace spanlab::host::app {

struct ReportOptions {
  std::string study;               ///< its name or its script
  std::optional<std::string> out;  ///< folder; else the study's in the run store
};

struct WrittenReport {
  Plan plan;
  std::filesystem::path folder;
  std::string without_charts;  ///< why the report has no charts as SVG; empty: it has
};

/// Writes a plan's report, with its errors where plugins, cards and data are at hand. Returns as
/// host::write_report.
std::string write_whole_report(const Plan& plan, const RunStore& store, const std::filesystem::path& folder,
                               const Places& places);

/// Writes a study's report from its stored results.
WrittenReport write_study_report(const ReportOptions& options, const Places& places);

}  // namespace spanlab::host::app
