// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "report/answers.hpp"
#include "report/errors.hpp"
#include "report/lines.hpp"
#include "report/parameters.hpp"
#include "report/provenance.hpp"
#include "report/results.hpp"
#include "report/tables.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// All that the writers print; they work nothing out.
struct Report {
  std::string study;
  std::string question;
  std::vector<std::string> metrics;
  /// In the plan's order; rows point into it.
  std::vector<TrialResult> trials;
  /// What all rows share.
  Lines setup;
  /// What the names of variants and ablations stand for.
  Lines names;
  std::vector<ResultTable> tables;
  /// What is wrong with the predictions; empty where they are not at hand.
  ErrorSection errors;
  /// A sentence for each claim, those of the first score first.
  std::vector<Answer> answers;
  /// How they were tested.
  std::string procedure;
  /// What the study asks of the report.
  ReportRequest request;
  std::vector<ProvenanceDifference> provenance;
  /// How to reproduce it.
  std::vector<std::string> commands;
  /// Every parameter of any row: its value, or which rows have which.
  Lines parameters;
  /// What differs between the rows, by their numbers (TrialResult::row).
  VariedParameters varied;

  Report() = default;
  Report(const Report&) = delete;  // rows point into `trials`
  Report(Report&&) = default;
  Report& operator=(Report&&) = default;
};

/// Works the report out from stored results alone. `out` is the folder that the reproducing command names;
/// empty: the store's own. Without a `reader` of predictions nothing is said of errors.
SPANLAB_API Report build_report(const Plan& plan, const RunStore& store, const std::string& out,
                                EvaluatedReader* reader = nullptr);

}  // namespace spanlab::host
