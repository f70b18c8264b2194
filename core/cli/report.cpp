// SPDX-License-Identifier: MIT
#include "app/report.hpp"

#include <ostream>

#include "cli/commands.hpp"
#include "report/report.hpp"
#include "sdk/utf8.hpp"

namespace spanlab::host::cli {

namespace {

void declare(Arguments& arguments, app::ReportOptions& options) {
  arguments.argument("study", options.study, "a study's name or its script");
  arguments.argument_takes(Takes::study);
  arguments.option("out", "DIR", options.out, "where to (default: the study's folder in the run store)");
  arguments.option_takes(Takes::folder);
}

ExitCode report(const app::ReportOptions& options, Context& context) {
  const app::WrittenReport written = app::write_study_report(options, context.places);
  if (context.json) {
    const nlohmann::json all{{"study", written.plan.study},
                             {"folder", valid_utf8(written.folder.string())},
                             {"trouble", written.without_charts}};
    context.out << all.dump(2) << '\n';
  } else {
    context.out << terminal_table(written.plan, RunStore(context.places.runs), context.columns);
  }
  if (!written.without_charts.empty()) context.err << "no charts as SVG: " << written.without_charts << '\n';
  if (!context.quiet) {
    context.err << "report: " << (written.folder / "report.md").string() << ", report.html beside it\n";
  }
  return ExitCode::done;
}

}  // namespace

Command report_command() {
  return make_command({.name = "report",
                       .synopsis = "STUDY [--out DIR]",
                       .summary = "write a study's report from its stored results",
                       .examples = {"spanlab report negatives",
                                    "spanlab report experiments/negatives.lua --out reports/negatives"}},
                      declare, report);
}

}  // namespace spanlab::host::cli
