// SPDX-License-Identifier: MIT
#include "report/cell_text.hpp"
#include "report/warnings.hpp"
#include "report/writers.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) || byte >= 0x80;
}

/// Plain text in a Markdown cell or heading. An underscore inside a word means nothing.
std::string escaped(std::string_view given) {
  const std::string text = printable(given);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool inside = i > 0 && i + 1 < text.size() && is_word(text[i - 1]) && is_word(text[i + 1]);
    const bool special = std::string_view("\\`*[]<>|#~$&").find(text[i]) != std::string_view::npos;
    if (special || (text[i] == '_' && !inside)) result += '\\';
    result += text[i];
  }
  return result;
}

/// The same as a paragraph: no list, rule or block of code begins with it.
std::string paragraph(std::string_view text) {
  std::string result = escaped(text);
  result.erase(0, result.find_first_not_of(' '));
  const std::size_t digits = std::min(result.find_first_not_of("0123456789"), result.size());
  const bool marks = !result.empty() && std::string_view("-+=").find(result[0]) != std::string_view::npos;
  const bool numbered = digits > 0 && digits < result.size();
  const bool counts = numbered && (result[digits] == '.' || result[digits] == ')');
  if (marks || counts) result.insert(marks ? 0 : digits, "\\");
  return result;
}

/// As code, between more backticks than stand in it side by side.
std::string code(const std::string& given) {
  std::string text, fence = "`";
  for (char c : printable(given)) text += c == '|' ? std::string("\\|") : std::string(1, c);
  while (text.find(fence) != text.npos) fence += '`';
  const std::string space = fence.size() > 1 ? " " : "";
  return fence + space + text + space + fence;
}

std::string line_of(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

std::string ruler(std::size_t left, std::size_t right) {
  std::string text = "|";
  for (std::size_t i = 0; i < left; ++i) text += " --- |";
  for (std::size_t i = 0; i < right; ++i) text += " ---: |";
  return text + "\n";
}

std::string lines_table(const Lines& lines, const std::string& left, const std::string& right) {
  std::string text = line_of({left, right}) + ruler(2, 0);
  for (const auto& [name, value] : lines) text += line_of({escaped(name), escaped(value)});
  return text + "\n";
}

std::string result_table(const Report& report, const ResultTable& table) {
  std::vector<std::string> head;
  for (const std::string& column : table.columns)
    head.push_back(column.find('.') == column.npos ? escaped(column) : code(column));
  std::size_t right = 1;
  for (const std::string& metric : report.metrics) {
    head.push_back(code(metric));
    ++right;
    if (compares(table)) {
      head.push_back("Δ");
      ++right;
    }
  }
  head.push_back("n");
  std::string text = line_of(head) + ruler(table.columns.size(), right);
  for (const ResultRow& row : table.rows) {
    std::vector<std::string> cells;
    for (const std::string& value : row.texts) cells.push_back(escaped(value));
    for (const ScoreCell& cell : row.cells) {
      cells.push_back(cell.best && !cell.tied ? "**" + score_text(cell) + "**" : score_text(cell));
      if (compares(table)) cells.push_back(difference_text(row, cell));
    }
    cells.push_back(count_text(row));
    text += line_of(cells);
  }
  return text + "\n" + table_note(table) + "\n\n";
}

std::string comparison_table(const Report& report, const ResultTable& table) {
  const auto rows = comparison_rows(report.request, report.metrics, table);
  if (rows.empty()) return "";
  std::vector<std::string> head;
  std::string rule = "|";
  for (const ComparisonColumn& column : comparison_columns(report.request)) {
    head.push_back(column.heading);
    rule += column.is_number ? " ---: |" : " --- |";
  }
  std::string text = "Comparisons in full:\n\n" + line_of(head) + rule + "\n";
  for (std::vector<std::string> cells : rows) {
    std::ranges::transform(cells, cells.begin(), [](const std::string& cell) { return escaped(cell); });
    text += line_of(cells);
  }
  return text + "\n";
}

std::string chart_images(const std::vector<Chart>& charts, const DrawnCharts& drawn, std::size_t table) {
  std::string text;
  for (const Chart& chart : charts) {
    bool exists = std::ranges::find(drawn.names, chart.name()) != drawn.names.end();
    if (chart.table == table && exists) {
      text += fmt::format("![{}](charts/{}.svg)\n\n", escaped(chart.title), chart.name());
    }
  }
  return text;
}

std::string answers(const Report& report) {
  std::string text = "## What the numbers say\n\n";
  for (const Answer& answer : report.answers) text += "- " + escaped(answer.text) + "\n";
  if (report.answers.empty()) text += "Nothing yet: no trial has a score.\n";
  return text + (report.procedure.empty() ? "" : "\n" + escaped(report.procedure) + "\n") + "\n";
}

std::string missing_trials(const Report& report) {
  std::string text;
  for (const TrialResult& trial : report.trials) {
    if (trial.ending == TrialEnding::finished) continue;
    std::string state = trial.ending == TrialEnding::failed ? "failed" : "unfinished";
    text += line_of({escaped(trial.label), fmt::format("{}", trial.seed), code(trial.hash.substr(0, 12)),
                     state, escaped(trial.reason)});
  }
  if (text.empty()) return "";
  return "## Trials without a result\n\n" + line_of({"row", "seed", "trial", "state", "reason"}) +
         ruler(5, 0) + text + "\n";
}

std::string provenance(const Report& report) {
  std::string text = "## Where the trials differ in how they were computed\n\n";
  if (report.provenance.empty()) {
    return text + "Nowhere: all finished trials have the same recorded environment.\n\n";
  }
  text += line_of({"field", "value", "trials"}) + ruler(3, 0);
  for (const ProvenanceDifference& difference : report.provenance) {
    for (const ProvenanceDifference::Part& part : difference.parts) {
      const std::vector<std::string> texts{few_of(difference.fields), few_of(part.values), part.trials};
      text += line_of({escaped(texts[0]), escaped(texts[1]), escaped(texts[2])});
    }
  }
  return text + "\n";
}

}  // namespace

std::string markdown(const Report& report, const std::vector<Chart>& charts, const DrawnCharts& drawn) {
  std::string text = fmt::format("# {}\n\n", escaped(report.study));
  if (!report.question.empty()) text += paragraph(report.question) + "\n\n";
  text += answers(report);
  for (const std::string& warning : result_warnings(report.metrics, report.tables))
    text += "**Beware:** " + escaped(warning) + "\n\n";
  text += "## Set-up\n\n" + lines_table(report.setup, "what", "all rows");
  if (!report.names.empty()) {
    text += "## What the names stand for\n\n" + lines_table(report.names, "name", "settings");
  }
  bool several = std::ranges::any_of(report.tables, [&](const ResultTable& table) {
    return table.evaluation != report.tables[0].evaluation;
  });
  for (std::size_t number = 0; number < report.tables.size(); ++number) {
    const ResultTable& table = report.tables[number];
    text += fmt::format("## {}\n\n", several ? escaped(table.title + ": " + table.evaluation) : table.title);
    text += result_table(report, table) + comparison_table(report, table);
    text += chart_images(charts, drawn, number);
  }
  if (!drawn.trouble.empty()) text += "Charts were not drawn: " + escaped(drawn.trouble) + "\n\n";
  text += markdown_errors(report.errors) + missing_trials(report) + provenance(report);
  text += fmt::format("## How to reproduce it\n\n```\n{}\n```\n\n", fmt::join(report.commands, "\n"));
  text += "Numbers at full precision: [table.csv](table.csv), [trials.csv](trials.csv), ";
  text += "[report.json](report.json).\n\n";
  return text + "## Appendix: all parameters\n\n" + lines_table(report.parameters, "parameter", "value");
}

}  // namespace spanlab::host
