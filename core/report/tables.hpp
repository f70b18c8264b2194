// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/difference.hpp"
#include "report/results.hpp"
#include "report/rows.hpp"
#include "statistics/summary.hpp"

namespace spanlab::host {

/// A row's score on one metric; absent without a finished trial.
struct ScoreCell {
  /// The scores that it is the summary of.
  std::vector<SeedValue> values;
  std::optional<Summary> summary;
  std::optional<Difference> difference;
  bool best = false;
  /// Another row has the same mean.
  bool tied = false;
};

/// One configuration.
struct ResultRow {
  std::string label;
  /// Of the table's columns; null where the path is not in this row.
  std::vector<nlohmann::json> values;
  /// The same as tables show them.
  std::vector<std::string> texts;
  /// All that were planned.
  std::vector<const TrialResult*> trials;
  /// The row of this table that it is compared with.
  std::optional<std::size_t> baseline;
  /// Some row is compared with it.
  bool is_baseline = false;
  /// One per metric of the report.
  std::vector<ScoreCell> cells;

  std::size_t finished() const;
};

enum class TableKind { space, ablations };

/// Rows with one evaluation set-up: numbers that may be compared.
struct ResultTable {
  TableKind kind = TableKind::space;
  std::string title;
  /// Data set, splits, overlap in words.
  std::string evaluation;
  /// What varies between the rows: paths, or one heading for labels.
  std::vector<std::string> columns;
  /// The same, cut to what tells them apart.
  std::vector<std::string> headings;
  std::vector<ResultRow> rows;
  /// Some score counts mistakes: its best mean is the lowest.
  bool mistakes = false;
  std::size_t comparisons = 0;
};

/// Whether some row is compared with another one.
bool compares(const ResultTable& table);

/// Whether a score counts mistakes, so that the lowest is best.
bool counts_mistakes(const std::string& metric);

/// The tables of a study: for each evaluation set-up one of the points of the space and one of the ablations.
/// `plan` has folds as repeats, `rows` are its rows, `trials` their results, with a score for each of
/// `metrics`; tables point into them.
std::vector<ResultTable> result_tables(const Plan& plan, const StudyRows& rows,
                                       const std::vector<std::string>& metrics,
                                       const std::vector<TrialResult>& trials);

}  // namespace spanlab::host
