// SPDX-License-Identifier: MIT
#include "report/content.hpp"

#include "report/commands.hpp"
#include "report/folds.hpp"
#include "report/names.hpp"
#include "report/parameters.hpp"
#include "report/setup.hpp"

namespace spanlab::host {

Report build_report(const Plan& given, const RunStore& store, const std::string& out,
                    EvaluatedReader* reader) {
  const Plan plan = with_folds_as_repeats(given);
  const StudyRows rows = rows_of(given);
  Report report;
  report.study = plan.study;
  report.question = plan.question;
  report.metrics = plan.report.metrics;
  if (report.metrics.empty()) report.metrics = {"entity.f1", "relation.strict.f1"};
  report.request = plan.report;
  report.trials = read_results(plan, report.metrics, store, reader);
  report.tables = result_tables(plan, rows_of(plan), report.metrics, report.trials);
  if (reader) report.errors = error_section(plan, store, *reader);
  report.answers = make_answers(report.metrics, plan.report, report.tables);
  report.procedure = procedure_text(plan.report, report.tables);
  report.setup = shared_setup(given, rows, report.metrics, report.trials);
  report.names = meanings_of_names(given.factors, rows);
  report.provenance = provenance_differences(report.trials);
  report.commands = reproducing_commands(plan, store.root(), out);
  report.parameters = all_parameters(given.factors, rows);
  report.varied = varied_parameters(rows_of(plan));
  return report;
}

}  // namespace spanlab::host
