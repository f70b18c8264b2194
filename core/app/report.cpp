// SPDX-License-Identifier: MIT
#include "app/report.hpp"

#include <algorithm>

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

namespace {

/// A study's name means its newest plan; of what is published, the whole study where there is one.
Plan plan_to_report(const std::string& study, const RunStore& store) {
  Plan newest = stored_plan(study, store);
  const std::size_t slash = newest.study.find('/');
  const bool names_part = !study.ends_with(".lua") && study.find('/') != study.npos;
  if (slash == newest.study.npos || names_part) return newest;
  const std::string name = newest.study.substr(0, slash);
  const std::vector<std::string> known = store.studies();
  if (std::ranges::find(known, name) == known.end()) return newest;
  return store.current_plan(fmt::format("{}/{}", name, kWholeStudy));
}

}  // namespace

WrittenReport write_study_report(const ReportOptions& options, const Places& places) {
  const RunStore store(places.runs);
  WrittenReport written{.plan = plan_to_report(options.study, store)};
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
