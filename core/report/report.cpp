// SPDX-License-Identifier: MIT
#include "report/report.hpp"

#include "files/files.hpp"
#include "files/json_file.hpp"
#include "files/text_file.hpp"
#include "report/results.hpp"
#include "report/vega.hpp"
#include "report/writers.hpp"

namespace spanlab {
namespace {

namespace fs = std::filesystem;

/// Takes away the charts that an earlier report of this folder names and the new one has not; nothing else in it is ours.
void remove_old_charts(const fs::path& folder, const std::vector<Chart>& charts) {
  std::vector<Problem> ignored;
  const std::string text = read_text(folder / "report.json", ignored);
  const nlohmann::json old = ignored.empty() ? parse_json(text, folder / "report.json", 1, ignored) : nlohmann::json();
  if (!old.is_object() || !old.contains("charts") || !old["charts"].is_array()) return;
  for (const nlohmann::json& name : old["charts"]) {
    if (!name.is_string() || name.get<std::string>().find('/') != std::string::npos) continue;
    if (std::ranges::find(charts, name.get<std::string>(), &Chart::name) != charts.end()) continue;
    for (const char* ending : {".svg", ".vl.json"}) fs::remove(folder / "charts" / (name.get<std::string>() + ending));
  }
}

DrawnCharts draw(const fs::path& folder, const std::vector<Chart>& charts) {
  DrawnCharts drawn;
  if (charts.empty()) return drawn;
  make_folder(folder);
  for (const Chart& chart : charts) {
    fs::remove(folder / (chart.name + ".svg"));  // an old picture must not pass for a new one
    replace_file(folder / (chart.name + ".vl.json"), chart.spec.dump(2) + "\n", Durability::quick);
  }
  drawn.trouble = without_folders(draw_charts(folder));
  for (const Chart& chart : charts) {
    if (fs::exists(folder / (chart.name + ".svg"))) drawn.names.push_back(chart.name);
  }
  return drawn;
}

}  // namespace

std::string write_report(const Plan& plan, const RunStore& store, const fs::path& folder) {
  bool own_place = folder.lexically_normal() == (store.study_folder(plan.study) / "report").lexically_normal();
  Report report = build_report(plan, store, own_place ? "" : folder.string());
  std::vector<Chart> charts = make_charts(report);
  make_folder(folder);
  remove_old_charts(folder, charts);
  DrawnCharts drawn = draw(folder / "charts", charts);
  auto write = [&](const char* name, const std::string& text) { replace_file(folder / name, text, Durability::synced); };
  write("report.md", markdown(report, charts, drawn));
  write("report.html", html(report, charts, vega_bundle()));
  write("table.csv", table_csv(report));
  write("trials.csv", trials_csv(report));
  write("table.tex", latex(report));
  write("report.json", report_json(report, charts));
  return drawn.trouble;
}

}  // namespace spanlab
