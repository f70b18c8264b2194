// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "results/error_counts.hpp"
#include "report/rows.hpp"

namespace spanlab::host {

/// The errors of one row in one group of its scores, summed over its finished trials; tables have them per
/// trial.
struct RowErrors {
  std::string label;
  std::string group;  ///< empty where scores are not grouped
  ErrorCounts counts;
};

/// What is wrong with the predictions of a study.
struct ErrorSection {
  std::vector<RowErrors> rows;
  /// Why trials are left out, each reason once.
  std::vector<std::string> left_out;
};

/// From the predictions of the plan's finished trials, or the counts that are kept of them. Rows without any
/// are left out.
SPANLAB_API ErrorSection error_section(const Plan& plan, const RunStore& store, EvaluatedReader& reader);

/// A table of the section, as texts.
struct ErrorTexts {
  std::string title;
  std::vector<std::string> columns;             ///< the first names the row, the others are numbers
  std::vector<std::vector<std::string>> cells;  ///< by row
};

/// Entities by category, then strict relations by category with the recall that the entities allow; numbers
/// per trial.
SPANLAB_API std::vector<ErrorTexts> category_tables(const ErrorSection& section);

/// The breakdowns of one row.
std::vector<ErrorTexts> breakdown_tables(const RowErrors& row);

/// What tables of categories mean.
inline constexpr std::string_view kErrorsNote =
    "Numbers per trial, on average over the finished ones. A wrong prediction and the gold item that it "
    "stands "
    "for are one pair and count as a false positive and a false negative; the categories add up to all false "
    "positives and negatives. Extra predictions touch gold entities that others stand for, covered entities "
    "are touched only by predictions that stand for others. Reachable: the share of gold relations whose two "
    "arguments were found, above which no relation recall can be.";

/// The section as HTML or Markdown, with its heading; empty where nothing is known.
SPANLAB_API std::string html_errors(const ErrorSection& section);
SPANLAB_API std::string markdown_errors(const ErrorSection& section);

}  // namespace spanlab::host
