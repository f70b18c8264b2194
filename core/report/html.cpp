// SPDX-License-Identifier: MIT
#include "report/page.hpp"
#include "report/cell_text.hpp"
#include "report/writers.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

std::string escaped(std::string_view text) {
  std::string result;
  for (char c : printable(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string replaced(std::string text, std::string_view part, std::string_view by) {
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + by.size()))
    text.replace(at, part.size(), by);
  return text;
}

std::string cell(const std::string& kind, const std::string& content) {
  return "<td" + (kind.empty() ? "" : " class=\"" + kind + "\"") + ">" + content + "</td>";
}

std::string lines_table(const Lines& lines) {
  std::string text = "<table class=\"lines\">\n";
  for (const auto& [name, value] : lines)
    text += "<tr><th>" + escaped(name) + "</th><td>" + escaped(value) + "</td></tr>\n";
  return text + "</table>\n";
}

std::string head_row(const std::vector<std::pair<std::string, std::string>>& cells) {
  std::string text = "<thead><tr>";
  for (const auto& [kind, content] : cells)
    text += "<th" + (kind.empty() ? "" : " class=\"" + kind + "\"") + ">" + escaped(content) + "</th>";
  return text + "</tr></thead>\n";
}

std::string interval_title(const ScoreCell& score) {
  if (!score.summary || !score.summary->interval) return "";
  return fmt::format(" title=\"95 % interval of the mean: {:.2f} to {:.2f}\"", score.summary->interval->low,
                     score.summary->interval->high);
}

std::string result_table(const Report& report, const ResultTable& table) {
  bool compares = std::ranges::any_of(table.rows, &ResultRow::is_baseline);
  std::vector<std::pair<std::string, std::string>> head;
  for (const std::string& column : table.columns) head.emplace_back("", column);
  for (const std::string& metric : report.metrics) {
    head.emplace_back("number", metric);
    if (compares) head.emplace_back("number", "Δ");
  }
  head.emplace_back("number", "n");
  std::string text = "<div class=\"wide\"><table class=\"results\">\n" + head_row(head) + "<tbody>\n";
  for (const ResultRow& row : table.rows) {
    text += "<tr>";
    for (const std::string& value : row.texts) text += cell("", escaped(value));
    for (const ScoreCell& score : row.cells) {
      text += fmt::format("<td class=\"number{}\"{}>{}</td>", score.best ? " best" : "",
                          interval_title(score), score_text(score));
      if (compares) text += cell("number", difference_text(row, score));
    }
    text += cell("number", count_text(row)) + "</tr>\n";
  }
  return text + "</tbody></table></div>\n<p class=\"note\">" + escaped(table_note(table)) + "</p>\n";
}

std::string comparison_table(const Report& report, const ResultTable& table) {
  if (table.comparisons == 0) return "";
  std::string text = "<details><summary>Comparisons in full</summary>\n";
  text += "<div class=\"wide\"><table class=\"results\">\n" +
          head_row({{"", "row"},
                    {"", "compared with"},
                    {"", "score"},
                    {"number", "pairs"},
                    {"number", "difference"},
                    {"number", "95 % interval"},
                    {"number", "p"},
                    {"number", "p (Holm)"},
                    {"", ""}}) +
          "<tbody>\n";
  for (const ResultRow& row : table.rows) {
    for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
      const auto& difference = row.cells[metric].difference;
      if (!difference) continue;
      text += "<tr>" + cell("", escaped(row.label));
      text += cell("", escaped(table.rows[*row.baseline].label)) + cell("", escaped(report.metrics[metric]));
      text += cell("number", fmt::format("{}", difference->summary.n));
      text += cell("number", signed_text(difference->summary.mean));
      text += cell("number", interval_text(*difference));
      text += cell("number", escaped(p_text(difference->p)));
      text += cell("number", escaped(p_text(difference->adjusted_p)));
      text += cell("", verdict(*difference)) + "</tr>\n";
    }
  }
  return text + "</tbody></table></div></details>\n";
}

std::string chart_places(const std::vector<Chart>& charts, std::size_t table, const std::string& bundle) {
  std::string text;
  for (std::size_t i = 0; i < charts.size(); ++i) {
    if (charts[i].table == table && !bundle.empty()) {
      const std::string title = escaped(charts[i].title);
      text += fmt::format("<figure id=\"chart-{}\" aria-label=\"{}\"></figure>\n", i, title);
    }
  }
  return text.empty() ? "" : "<div class=\"charts\">\n" + text + "</div>\n";
}

std::string missing_trials(const Report& report) {
  std::string rows;
  for (const TrialResult& trial : report.trials) {
    if (trial.ending == TrialEnding::finished) continue;
    rows += "<tr>" + cell("", escaped(trial.label)) + cell("number", fmt::format("{}", trial.seed)) +
            cell("", "<code>" + trial.hash.substr(0, 12) + "</code>") +
            cell("", trial.ending == TrialEnding::failed ? "failed" : "unfinished") +
            cell("", escaped(trial.reason)) + "</tr>\n";
  }
  if (rows.empty()) return "";
  return "<h2>Trials without a result</h2>\n<div class=\"wide\"><table class=\"results\">\n" +
         head_row({{"", "row"}, {"number", "seed"}, {"", "trial"}, {"", "state"}, {"", "reason"}}) +
         "<tbody>\n" + rows + "</tbody></table></div>\n";
}

std::string provenance(const Report& report) {
  std::string text = "<h2>Where the trials differ in how they were computed</h2>\n";
  if (report.provenance.empty()) {
    return text + "<p>Nowhere: all finished trials have the same recorded environment.</p>\n";
  }
  text += "<div class=\"wide\"><table class=\"results\">\n" +
          head_row({{"", "field"}, {"", "value"}, {"", "trials"}}) + "<tbody>\n";
  for (const ProvenanceDifference& difference : report.provenance) {
    for (const ProvenanceDifference::Part& part : difference.parts) {
      text += "<tr>" + cell("", escaped(few_of(difference.fields))) + cell("", escaped(few_of(part.values))) +
              cell("", escaped(part.trials)) + "</tr>\n";
    }
  }
  return text + "</tbody></table></div>\n";
}

std::string scripts(const std::vector<Chart>& charts, const std::string& bundle) {
  if (bundle.empty() || charts.empty()) return "";
  nlohmann::json specs = nlohmann::json::array();
  for (const Chart& chart : charts) specs.push_back(chart.spec);
  // Neither may close its element: code names the tag in texts alone, and JSON needs no "<".
  return "<script type=\"module\">" + replaced(bundle, "</script", "<\\/script") +
         "\n</script>\n<script id=\"specs\" type=\"application/json\">" +
         replaced(specs.dump(), "<", "\\u003c") + "</script>\n<script type=\"module\">" +
         std::string(kPageScript) + "</script>\n";
}

}  // namespace

std::string html(const Report& report, const std::vector<Chart>& charts, const std::string& bundle) {
  std::string text = fmt::format(kPageHead, escaped(report.study), kPageStyle);
  text += "<h1>" + escaped(report.study) + "</h1>\n";
  if (!report.question.empty()) text += "<p class=\"question\">" + escaped(report.question) + "</p>\n";
  text += "<h2>Set-up</h2>\n" + lines_table(report.setup);
  if (!report.names.empty()) text += "<h2>What the names stand for</h2>\n" + lines_table(report.names);
  bool several = std::ranges::any_of(report.tables, [&](const ResultTable& table) {
    return table.evaluation != report.tables[0].evaluation;
  });
  for (std::size_t number = 0; number < report.tables.size(); ++number) {
    const ResultTable& table = report.tables[number];
    text += "<h2>" + escaped(several ? table.title + ": " + table.evaluation : table.title) + "</h2>\n";
    text += result_table(report, table) + comparison_table(report, table);
    text += chart_places(charts, number, bundle);
  }
  if (bundle.empty() && !charts.empty()) text += "<p class=\"note\">" + std::string(kNoBundle) + "</p>\n";
  text += missing_trials(report) + provenance(report);
  text += "<h2>How to reproduce it</h2>\n<pre>";
  for (const std::string& command : report.commands) text += escaped(command) + "\n";
  text += "</pre>\n";
  text += "<h2>Appendix</h2>\n<details><summary>All parameters</summary>\n" + lines_table(report.parameters) +
          "</details>\n";
  text += "<footer id=\"drawn\"></footer>\n</main>\n" + scripts(charts, bundle);
  return text + "</body>\n</html>\n";
}

}  // namespace spanlab::host
