// SPDX-License-Identifier: MIT
#include "app/report.hpp"

#include "report/report.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::app {

std::string write_whole_report(const Plan& plan, const RunStore& store, const std::filesystem::path& folder,
                               const Places& places) {
  std::optional<Registry> registry;
  std::optional<CardIndex> cards;
  try {
    registry.emplace(load_what_can_be(places));
    cards.emplace(load_cards(beside_script(places, plan.script), *registry));
  } catch (const Error&) {  // a report can be written without: it has no section on errors then
    return write_report(plan, store, folder);
  }
  EvaluatedReader reader(*registry, *cards);
  return write_report(plan, store, folder, &reader);
}

WrittenReport write_study_report(const ReportOptions& options, const Places& places) {
  const RunStore store(places.runs);
  WrittenReport written{.plan = stored_plan(options.study, store)};
  written.folder =
      options.out ? std::filesystem::path(*options.out) : store.study_folder(written.plan.study) / "report";
  try {
    written.without_charts = write_whole_report(written.plan, store, written.folder, places);
  } catch (const Error& error) {
    if (options.out || error.kind() != ErrorKind::environment) throw;
    const Problem& problem = error.problems().front();
    throw Error(error.kind(), problem.place, problem.message + "; '--out DIR' writes the report elsewhere");
  }
  return written;
}

}  // namespace spanlab::host::app
