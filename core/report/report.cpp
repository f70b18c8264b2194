// SPDX-License-Identifier: MIT
#include "report/report.hpp"

#include "files/files.hpp"
#include "report/published.hpp"
#include "report/staged_report.hpp"
#include "report/vega.hpp"
#include "report/writers.hpp"

namespace spanlab::host {
namespace {

namespace fs = std::filesystem;

DrawnCharts draw(const fs::path& folder, const std::vector<Chart>& charts) {
  DrawnCharts drawn;
  if (charts.empty()) return drawn;
  make_folder(folder);
  for (const Chart& chart : charts) {
    replace_file(folder / (chart.name() + ".vl.json"), chart.spec.dump(2) + "\n", Durability::quick);
  }
  drawn.trouble = without_folders(draw_charts(folder));
  for (const Chart& chart : charts) {
    if (fs::exists(folder / (chart.name() + ".svg"))) drawn.names.push_back(chart.name());
  }
  return drawn;
}

}  // namespace

std::string write_report(const Plan& plan, const RunStore& store, const fs::path& folder) {
  const fs::path own = store.study_folder(plan.study) / "report";
  const bool own_place = folder.lexically_normal() == own.lexically_normal();
  const Report report = build_report(plan, store, own_place ? "" : folder.string());
  const std::vector<Chart> charts = make_charts(report);
  StagedReport staged(folder);
  const DrawnCharts drawn = draw(staged.folder() / "charts", charts);
  auto write = [&](const char* name, const std::string& text) {
    replace_file(staged.folder() / name, text, Durability::synced);
  };
  write("report.md", markdown(report, charts, drawn));
  write("report.html", html(report, charts, vega_bundle()));
  write("table.csv", table_csv(report));
  write("trials.csv", trials_csv(report));
  write("table.tex", latex(report));
  write("report.json", report_json(report, charts, staged.checksums()));
  staged.place(plan.study, own_place ? ReportPlace::store : ReportPlace::named);
  return drawn.trouble;
}

std::string terminal_table(const Plan& plan, const RunStore& store, int columns) {
  return terminal(build_report(plan, store, ""), columns);
}

}  // namespace spanlab::host
