// SPDX-License-Identifier: MIT
#include "report/cell_text.hpp"
#include "report/writers.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

/// The signs of numbers and texts as LaTeX sets them.
std::string signs(std::string text) {
  for (const auto& [sign, latex] :
       std::initializer_list<std::pair<std::string, std::string>>{{"±", "$\\pm$"},
                                                                  {"−", "$-$"},
                                                                  {"–", "--"},
                                                                  {"—", "---"},
                                                                  {"…", "\\ldots{}"},
                                                                  {"×", "$\\times$"},
                                                                  {"Δ", "$\\Delta$"}}) {
    for (std::size_t at = text.find(sign); at != text.npos; at = text.find(sign, at + latex.size()))
      text.replace(at, sign.size(), latex);
  }
  return text;
}

std::string escaped(std::string_view text) {
  static const std::map<char, std::string> special{{'<', "\\textless{}"},
                                                   {'>', "\\textgreater{}"},
                                                   {'|', "\\textbar{}"},
                                                   {'"', "\\char34{}"},
                                                   {'\\', "\\textbackslash{}"},
                                                   {'~', "\\textasciitilde{}"},
                                                   {'^', "\\textasciicircum{}"},
                                                   {'&', "\\&"},
                                                   {'%', "\\%"},
                                                   {'$', "\\$"},
                                                   {'#', "\\#"},
                                                   {'_', "\\_"},
                                                   {'{', "\\{"},
                                                   {'}', "\\}"}};
  std::string result;
  for (char c : printable(text)) {
    if (c == '-' && result.ends_with('-')) result += "{}";  // else a dash
    auto found = special.find(c);
    result += found == special.end() ? std::string(1, c) : found->second;
  }
  return signs(result);
}

std::string number(std::string text) {
  if (text.starts_with('+')) text.replace(0, 1, "$+$");
  return signs(text);
}

/// A row. What begins it must not be taken for an argument of the command before it.
std::string line_of(const std::vector<std::string>& cells) {
  const std::string& first = cells.at(0);
  const char* guard = first.starts_with('[') || first.starts_with('*') ? "{}" : "";
  return fmt::format("    {}{} \\\\\n", guard, fmt::join(cells, " & "));
}

std::string table_text(const Report& report, const ResultTable& table, std::size_t number_of_table) {
  bool compares = std::ranges::any_of(table.rows, &ResultRow::is_baseline);
  std::vector<std::string> head;
  for (const std::string& column : table.columns) head.push_back(escaped(column));
  std::string columns(table.columns.size(), 'l');
  for (const std::string& metric : report.metrics) {
    head.push_back(escaped(metric));
    if (compares) head.push_back("$\\Delta$");
    columns += compares ? "rr" : "r";
  }
  head.push_back("$n$");
  std::string text = "\\begin{table}\n  \\centering\n";
  text += fmt::format("  \\begin{{tabular}}{{{}r}}\n    \\toprule\n", columns) + line_of(head);
  text += "    \\midrule\n";
  for (const ResultRow& row : table.rows) {
    std::vector<std::string> cells;
    for (const std::string& value : row.texts) cells.push_back(escaped(value));
    for (const ScoreCell& cell : row.cells) {
      cells.push_back(cell.best ? "\\textbf{" + number(score_text(cell)) + "}" : number(score_text(cell)));
      if (compares) cells.push_back(number(difference_text(row, cell)));
    }
    cells.push_back(count_text(row));
    text += line_of(cells);
  }
  return text + fmt::format(
                    "    \\bottomrule\n  \\end{{tabular}}\n  \\caption{{{} ({}).}}\n  "
                    "\\label{{tab:{}-{}}}\n\\end{{table}}\n",
                    table.title, escaped(table.evaluation), report.study, number_of_table);
}

}  // namespace

std::string latex(const Report& report) {
  std::string text = "% needs \\usepackage{booktabs}; other scripts than Latin need ";
  text += "XeLaTeX or LuaLaTeX with a font for them\n";
  for (std::size_t number = 0; number < report.tables.size(); ++number)
    text += table_text(report, report.tables[number], number + 1);
  return text;
}

}  // namespace spanlab::host
