// SPDX-License-Identifier: MIT
#include "report/html_tables.hpp"

#include "report/cell_text.hpp"
#include "report/chart.hpp"
#include "report/html_parts.hpp"

namespace spanlab::host {
namespace {

std::string title_of(const std::string& heading, const std::string& path) {
  return heading == path ? "" : " title=\"" + html_text(path) + "\"";
}

/// One line of headings, or two where each score has several columns.
std::string head(const Report& report, const ResultTable& table) {
  const bool grouped = compares(table);
  const std::string_view both = grouped ? " rowspan=\"2\"" : "";
  std::string upper, lower;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& heading = table.headings[i];
    upper += fmt::format("<th scope=\"col\"{}{}>{}</th>", both, title_of(heading, table.columns[i]),
                         html_text(heading));
  }
  for (const std::string& metric : report.metrics) {
    upper += fmt::format("<th class=\"{}\" scope=\"{}\"{}>{}</th>", grouped ? "group" : "number",
                         grouped ? "colgroup" : "col", grouped ? " colspan=\"2\"" : "", html_text(metric));
    lower += R"(<th class="number first" scope="col">mean</th><th class="number" scope="col">Δ</th>)";
  }
  upper += fmt::format("<th class=\"number\" scope=\"col\"{}>n</th>", both);
  return "<thead><tr>" + upper + "</tr>" + (grouped ? "\n<tr>" + lower + "</tr>" : "") + "</thead>\n";
}

std::string interval_title(const ScoreCell& score) {
  if (!score.summary || !score.summary->interval) return "";
  return fmt::format(" title=\"95 % interval of the mean: {:.2f} to {:.2f}\"", score.summary->interval->low,
                     score.summary->interval->high);
}

std::string row_text(const ResultTable& table, const ResultRow& row) {
  std::string text = fmt::format("<tr data-row=\"{}\">", chart_row(row));
  for (std::size_t i = 0; i < row.texts.size(); ++i) {
    text += i == 0 ? "<th scope=\"row\">" + html_text(row.texts[i]) + "</th>"
                   : "<td>" + html_text(row.texts[i]) + "</td>";
  }
  for (std::size_t metric = 0; metric < row.cells.size(); ++metric) {
    const ScoreCell& score = row.cells[metric];
    const bool alone = score.best && !score.tied;
    text += fmt::format("<td class=\"number first{}\"{}>{}</td>", alone ? " best" : "", interval_title(score),
                        score_text(score));
    if (compares(table)) text += "<td class=\"number\">" + difference_text(row, score) + "</td>";
  }
  return text + "<td class=\"number\">" + count_text(row) + "</td></tr>\n";
}

std::string tie_note(const Report& report, const ResultTable& table) {
  std::vector<std::string> tied;
  for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
    const auto is_tied = [&](const ResultRow& row) { return row.cells[metric].tied; };
    if (std::ranges::any_of(table.rows, is_tied)) tied.push_back(report.metrics[metric]);
  }
  if (tied.empty()) return "";
  return fmt::format(" Several rows share the best mean of {}: none is bold.", few_of(tied));
}

std::string comparisons(const Report& report, const ResultTable& table) {
  std::vector<HtmlColumn> columns;
  for (const ComparisonColumn& column : comparison_columns(report.request))
    columns.push_back({column.heading, column.is_number});
  std::vector<std::vector<std::string>> rows = comparison_rows(report.request, report.metrics, table);
  if (rows.empty()) return "";
  for (std::vector<std::string>& row : rows) std::ranges::transform(row, row.begin(), html_text);
  return html_details("Comparisons in full", html_table("Comparisons in full", columns, rows));
}

}  // namespace

std::string html_results(const Report& report, const ResultTable& table) {
  const std::string caption = table.title + ": " + table.evaluation;
  std::string text = "<table class=\"results rows\">\n<caption>" + html_text(caption) + "</caption>\n";
  text += head(report, table) + "<tbody>\n";
  for (const ResultRow& row : table.rows) text += row_text(table, row);
  text = html_wide(caption, text + "</tbody></table>");
  text += "<p class=\"note\">" + html_text(table_note(table) + tie_note(report, table)) + "</p>\n";
  return text + comparisons(report, table);
}

std::string html_missing_trials(const Report& report) {
  std::vector<std::vector<std::string>> rows;
  for (const TrialResult& trial : report.trials) {
    if (trial.ending == TrialEnding::finished) continue;
    rows.push_back({html_text(trial.label), fmt::format("{}", trial.seed),
                    "<code>" + trial.hash.substr(0, 12) + "</code>",
                    trial.ending == TrialEnding::failed ? "failed" : "unfinished", html_text(trial.reason)});
  }
  if (rows.empty()) return "";
  return "<h2>Trials without a result</h2>\n" +
         html_table("Trials without a result", {{"row"}, {"seed", true}, {"trial"}, {"state"}, {"reason"}},
                    rows);
}

std::string html_provenance(const Report& report) {
  const std::string text = "<h2>Where the trials differ in how they were computed</h2>\n";
  if (report.provenance.empty()) {
    return text + "<p>Nowhere: all finished trials have the same recorded environment.</p>\n";
  }
  std::vector<std::vector<std::string>> rows;
  for (const ProvenanceDifference& difference : report.provenance) {
    for (const ProvenanceDifference::Part& part : difference.parts)
      rows.push_back(
          {html_text(few_of(difference.fields)), html_text(few_of(part.values)), html_text(part.trials)});
  }
  return text +
         html_table("Differences in how the trials were computed", {{"field"}, {"value"}, {"trials"}}, rows);
}

}  // namespace spanlab::host
