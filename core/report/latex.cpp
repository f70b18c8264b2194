// SPDX-License-Identifier: MIT
#include "report/cell_text.hpp"
#include "report/latex_parts.hpp"
#include "report/writers.hpp"

namespace spanlab::host {
namespace {

/// What a table of the paper shows, by number: factors and scores.
struct Columns {
  std::vector<std::size_t> factors;
  std::vector<std::size_t> scores;
};

/// Those of `names` that were asked for, in that order; all where none of them was.
std::vector<std::size_t> chosen(const std::vector<std::string>& asked,
                                const std::vector<std::string>& names) {
  std::vector<std::size_t> numbers, all;
  for (const std::string& column : asked) {
    const auto found = std::ranges::find(names, column);
    if (found != names.end()) numbers.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  for (std::size_t i = 0; i < names.size(); ++i) all.push_back(i);
  return numbers.empty() ? all : numbers;
}

/// The name that the study gives a score, a factor or a row; else `own`.
std::string named(const ReportRequest& request, const std::string& what, const std::string& own) {
  const auto found = request.names.find(what);
  return latex_text(found == request.names.end() ? own : found->second);
}

/// A row. What begins it must not be taken for an argument of the command before it.
std::string line_of(const std::vector<std::string>& cells) {
  const std::string& first = cells.at(0);
  const char* guard = first.starts_with('[') || first.starts_with('*') ? "{}" : "";
  return fmt::format("    {}{} \\\\\n", guard, fmt::join(cells, " & "));
}

/// Digits before the point.
std::size_t digits(double number) { return fmt::format("{:.0f}", std::floor(std::abs(number))).size(); }

/// A column for means with deviations: as many digits as the widest needs.
std::string mean_column(const ResultTable& table, std::size_t metric) {
  std::size_t whole = 1, deviation = 0;
  for (const ResultRow& row : table.rows) {
    const auto& summary = row.cells[metric].summary;
    if (!summary) continue;
    whole = std::max(whole, digits(summary->mean));
    if (summary->deviation) deviation = std::max(deviation, digits(*summary->deviation));
  }
  return fmt::format("S[table-format={}.2{}]", whole, deviation ? fmt::format(" \\pm {}.2", deviation) : "");
}

std::string difference_column(const ResultTable& table, std::size_t metric) {
  std::size_t whole = 1;
  for (const ResultRow& row : table.rows) {
    const auto& difference = row.cells[metric].difference;
    if (difference) whole = std::max(whole, digits(difference->test.difference));
  }
  return fmt::format("S[table-format=+{}.2, table-space-text-post={{*}}]", whole);
}

std::string mean_cell(const ScoreCell& cell, bool bold) {
  if (!cell.summary) return "{--}";
  std::string text = fmt::format("{:.2f}", cell.summary->mean);
  if (cell.summary->deviation) text += fmt::format(" \\pm {:.2f}", *cell.summary->deviation);
  return (bold ? "\\bfseries " : "") + text;
}

std::string difference_cell(const ResultRow& row, const ScoreCell& cell) {
  if (!cell.difference) return row.is_baseline ? "{base}" : "{--}";
  const std::string text = fmt::format("{:+.2f}", cell.difference->test.difference);
  return text + (cell.difference->outcome == Outcome::supported ? "{*}" : "");
}

/// Two lines: the scores' names over their columns, and what each column holds.
std::string head(const Report& report, const ReportRequest& request, const ResultTable& table,
                 const Columns& columns) {
  std::vector<std::string> upper(columns.factors.size()), lower;
  for (std::size_t i : columns.factors)
    lower.push_back("{" + named(request, table.columns[i], table.headings[i]) + "}");
  std::string rules;
  std::size_t column = lower.size() + 1;
  for (std::size_t metric : columns.scores) {
    const std::string& path = report.metrics[metric];
    const std::size_t width = compares(table) ? 2 : 1;
    upper.push_back(fmt::format("\\multicolumn{{{}}}{{c}}{{{}}}", width, named(request, path, path)));
    lower.emplace_back("{mean}");
    if (compares(table)) lower.emplace_back("{$\\Delta$}");
    rules += fmt::format("\\cmidrule(lr){{{}-{}}}", column, column + width - 1);
    column += width;
  }
  upper.emplace_back("");
  lower.emplace_back("{$n$}");
  return line_of(upper) + "    " + rules + "\n" + line_of(lower);
}

std::string body(const ReportRequest& request, const ResultTable& table, const Columns& columns) {
  std::string text;
  for (const ResultRow& row : table.rows) {
    std::vector<std::string> cells;
    for (std::size_t i : columns.factors)
      cells.push_back(named(request, table.columns.size() == 1 ? row.label : row.texts[i], row.texts[i]));
    for (std::size_t metric : columns.scores) {
      const ScoreCell& cell = row.cells[metric];
      cells.push_back(mean_cell(cell, cell.best && !cell.tied));
      if (compares(table)) cells.push_back(difference_cell(row, cell));
    }
    cells.push_back(count_text(row));
    text += line_of(cells);
  }
  return text;
}

std::string caption(const ResultTable& table, Family family) {
  std::string text =
      fmt::format("{} ({}). {}", table.title, latex_text(table.evaluation), latex_text(table_note(table)));
  if (table.comparisons > 0 && family == Family::none) text += " *: a supported difference, $p \\leq 0.05$.";
  if (table.comparisons > 0 && family != Family::none)
    text += " *: a supported difference, $p \\leq 0.05$ after Holm's correction.";
  return text;
}

std::string table_text(const Report& report, const ReportRequest& request, const ResultTable& table,
                       std::size_t number) {
  const Columns shown{chosen(request.columns, table.columns), chosen(request.columns, report.metrics)};
  std::string columns(shown.factors.size(), 'l');
  for (std::size_t metric : shown.scores)
    columns += mean_column(table, metric) + (compares(table) ? difference_column(table, metric) : "");
  std::string text = "\\begin{table}\n  \\centering\n  \\sbox0{%\n";
  text += fmt::format("  \\begin{{tabular}}{{{}r}}\n    \\toprule\n", columns);
  text += head(report, request, table, shown);
  text += "    \\midrule\n" + body(request, table, shown) + "    \\bottomrule\n  \\end{tabular}}%\n";
  text += "  \\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi\n";
  return text + fmt::format("  \\caption{{{}}}\n  \\label{{tab:{}-{}}}\n\\end{{table}}\n",
                            caption(table, request.family), report.study, number);
}

}  // namespace

std::string latex(const Report& report, const ReportRequest& request) {
  std::string text = "% needs \\usepackage{booktabs,siunitx,graphicx}; other scripts than Latin need ";
  text += "XeLaTeX or LuaLaTeX with a font for them\n";
  text += "\\sisetup{separate-uncertainty=true, retain-explicit-plus=true, ";
  text += "detect-weight=true, table-align-text-post=false}\n";
  for (std::size_t number = 0; number < report.tables.size(); ++number)
    text += table_text(report, request, report.tables[number], number + 1);
  return text;
}

}  // namespace spanlab::host
