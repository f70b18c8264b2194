// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/statistics.hpp"
#include "report/results.hpp"

namespace spanlab {

/// A row against the row that it is compared with, over the seeds that both have.
struct Difference {
  Summary summary;        ///< of the differences, row minus baseline
  double p = 1;           ///< paired sign-flip permutation test
  double adjusted_p = 1;  ///< Holm, over all comparisons of the table
};

/// A row's score on one metric; absent without a finished trial.
struct ScoreCell {
  std::optional<Summary> summary;
  std::optional<Difference> difference;
  bool best = false;
};

/// One configuration.
struct ResultRow {
  std::string label;
  std::vector<nlohmann::json> values;      ///< of the table's columns; null where the path is not in this row
  std::vector<std::string> texts;          ///< the same as tables show them
  std::vector<const TrialResult*> trials;  ///< all that were planned
  std::optional<std::size_t> baseline;     ///< row of this table that it is compared with
  bool is_baseline = false;                ///< some row is compared with it
  std::vector<ScoreCell> cells;            ///< one per metric of the report

  std::size_t finished() const;
};

enum class TableKind { space, ablations };

/// Rows with one evaluation set-up: numbers that may be compared.
struct ResultTable {
  TableKind kind = TableKind::space;
  std::string title;
  std::string evaluation;            ///< data set, splits, overlap in words
  std::vector<std::string> columns;  ///< what varies between the rows: paths, or one heading for labels
  std::vector<ResultRow> rows;
  bool mistakes = false;        ///< some score counts mistakes: its best mean is the lowest
  std::size_t comparisons = 0;  ///< tests that Holm's correction counts
  std::size_t most_pairs = 0;   ///< largest number of seeds in a comparison
};

using Lines = std::vector<std::pair<std::string, std::string>>;

/// Fields of the environment that divide the trials in the same way: the fields' values in each part, in
/// their order, and its trials.
struct ProvenanceDifference {
  struct Part {
    std::vector<std::string> values;
    std::string trials;
  };
  std::vector<std::string> fields;
  std::vector<Part> parts;
};

/// All that the writers print; they work nothing out.
struct Report {
  std::string study;
  std::string question;
  std::vector<std::string> metrics;
  std::vector<TrialResult> trials;  ///< in the plan's order; rows point into it
  Lines setup;                      ///< what all rows share
  Lines names;                      ///< what the names of variants and ablations stand for
  std::vector<ResultTable> tables;
  std::vector<ProvenanceDifference> provenance;
  std::vector<std::string> commands;  ///< how to reproduce it
  Lines parameters;                   ///< every parameter of any row: its value, or which rows have which

  Report() = default;
  Report(const Report&) = delete;  // rows point into `trials`
  Report(Report&&) = default;
  Report& operator=(Report&&) = default;
};

/// Works the report out from stored results alone. `out` is the folder that the reproducing command names;
/// empty: the store's own.
Report build_report(const Plan& plan, const RunStore& store, const std::string& out);

}  // namespace spanlab
