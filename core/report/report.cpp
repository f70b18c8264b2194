// SPDX-License-Identifier: MIT
#include "report/report.hpp"

#include "files/files.hpp"
#include "report/published.hpp"
#include "report/references.hpp"
#include "report/staged_report.hpp"
#include "report/vega.hpp"
#include "report/writers.hpp"

namespace spanlab::host {
namespace {

namespace fs = std::filesystem;

/// Draws the charts whose specification is another than that of the report that is there.
DrawnCharts draw(StagedReport& staged, const std::vector<Chart>& charts) {
  DrawnCharts drawn;
  if (charts.empty()) return drawn;
  const fs::path folder = staged.folder() / "charts";
  make_folder(folder);
  std::vector<std::pair<std::string, std::string>> drawings;
  for (const Chart& chart : charts) {
    const std::string name = chart.name();
    replace_file(folder / (name + ".vl.json"), chart.spec.dump(2) + "\n", Durability::quick);
    drawings.emplace_back("charts/" + name + ".vl.json", "charts/" + name + ".svg");
  }
  staged.take_over(drawings);
  const auto is_drawn = [&](const auto& files) { return fs::exists(staged.folder() / files.second); };
  if (!std::ranges::all_of(drawings, is_drawn)) drawn.trouble = without_folders(draw_charts(folder));
  for (const Chart& chart : charts) {
    if (fs::exists(folder / (chart.name() + ".svg"))) drawn.names.push_back(chart.name());
  }
  return drawn;
}

}  // namespace

std::string write_report(const Plan& plan, const RunStore& store, const fs::path& folder,
                         EvaluatedReader* reader) {
  const fs::path own = store.study_folder(plan.study) / "report";
  const bool own_place = folder.lexically_normal() == own.lexically_normal();
  const Report report = build_report(plan, store, own_place ? "" : folder.string(), reader);
  const std::vector<Chart> charts = make_charts(report);
  StagedReport staged(folder);
  const DrawnCharts drawn = draw(staged, charts);
  const auto write = [&](const std::string& name, const std::string& text) {
    replace_file(staged.folder() / name, text, Durability::synced);
  };
  write("report.md", markdown(report, charts, drawn));
  write("report.html", html(report, charts, vega_bundle()));
  write("table.csv", table_csv(report));
  write("trials.csv", trials_csv(report));
  write("table.tex", latex(report, plan.report));
  for (const Chart& chart : charts) write("charts/" + chart.name() + ".tex", latex_chart(chart));
  write("methods.tex", methods(report));
  write("references.bib", std::string(kReferences));
  write("paper.tex", paper(report, charts));
  write("checklist.md", checklist(report));
  write("report.json", report_json(report, charts, staged.checksums()));
  staged.place(plan.study, own_place ? ReportPlace::store : ReportPlace::named);
  return drawn.trouble;
}

std::string terminal_table(const Plan& plan, const RunStore& store, int columns) {
  return terminal(build_report(plan, store, ""), columns);
}

}  // namespace spanlab::host
