// SPDX-License-Identifier: MIT
#include "app/report.hpp"

#include "report/report.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::app {

WrittenReport write_study_report(const ReportOptions& options, const Places& places) {
  const RunStore store(places.runs);
  WrittenReport written{.plan = stored_plan(options.study, store)};
  written.folder =
      options.out ? std::filesystem::path(*options.out) : store.study_folder(written.plan.study) / "report";
  try {
    written.without_charts = write_report(written.plan, store, written.folder);
  } catch (const Error& error) {
    if (options.out || error.kind() != ErrorKind::environment) throw;
    const Problem& problem = error.problems().front();
    throw Error(error.kind(), problem.place, problem.message + "; '--out DIR' writes the report elsewhere");
  }
  return written;
}

}  // namespace spanlab::host::app
