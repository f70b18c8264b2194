// SPDX-License-Identifier: MIT
#include "report/cell_text.hpp"
#include "report/latex_parts.hpp"
#include "report/versions.hpp"
#include "report/writers.hpp"

namespace spanlab::host {
namespace {

/// What the set-up says of `name`, as LaTeX; empty if it says nothing.
std::string said(const Report& report, const std::string& name) {
  for (const auto& [line, value] : report.setup) {
    if (line == name) return latex_text(value);
  }
  return "";
}

void add_line(const Report& report, const std::string& name, const std::string& sentence, std::string& text) {
  const std::string value = said(report, name);
  if (!value.empty()) text += fmt::format(fmt::runtime(sentence), value) + "\n";
}

/// The most and the fewest finished trials of a row.
std::string repeats(const Report& report) {
  std::size_t fewest = SIZE_MAX, most = 0;
  for (const ResultTable& table : report.tables) {
    for (const ResultRow& row : table.rows) {
      fewest = std::min(fewest, row.finished());
      most = std::max(most, row.finished());
    }
  }
  if (most == 0) return "";
  const std::string number = fewest == most ? fmt::format("{}", most) : fmt::format("{} to {}", fewest, most);
  return fmt::format("Each configuration was trained {} times, which differ in the seed alone.\n", number);
}

std::string tests(const Report& report) {
  std::string text;
  std::vector<std::string> notes;
  for (const ResultTable& table : report.tables) {
    const std::string note = latex_text(table_note(table));
    if (std::ranges::find(notes, note) != notes.end()) continue;
    notes.push_back(note);
    text += note + "\n";
  }
  if (report.procedure.empty()) return text;
  text += latex_text(report.procedure) + "\n";
  if (report.request.family != Family::none)
    text += "For the correction over several comparisons see Holm~\\cite{holm1979simple}.\n";
  return text;
}

std::string figure(const Report& report, const Chart& chart, std::size_t number) {
  return fmt::format(
      "\\begin{{figure}}\n  \\centering\n  \\input{{charts/{}.tex}}\n  \\caption{{{}: {}.}}\n"
      "  \\label{{fig:{}-{}}}\n\\end{{figure}}\n",
      chart.name(), latex_text(chart.title), latex_text(chart.spec["title"]["subtitle"].get<std::string>()),
      report.study, number);
}

}  // namespace

std::string methods(const Report& report) {
  const std::string versions = versions_text(report.trials);
  std::string text = "\\paragraph{Set-up.}\nThe models were trained and scored by Spanlab";
  text += versions.empty() ? ".\n" : " (" + latex_text(versions) + ").\n";
  add_line(report, "data", "Data: {}.", text);
  add_line(report, "encoder", "Encoder: {}.", text);
  add_line(report, "folds", "Folds: {}.", text);
  text += repeats(report);
  add_line(report, "seeds", "Seeds: {}.", text);
  text +=
      "The model after the last epoch is scored: no checkpoint is chosen by a score, and each trained model "
      "is scored once on the split that the tables report.\n";
  add_line(report, "scores", "Scores: {}.", text);
  add_line(report, "number type", "Number type: {};", text);
  add_line(report, "device", "device: {}.", text);
  add_line(report, "trials", "Trials: {}.", text);
  add_line(report, "trained parameters", "Trained parameters: {}.", text);
  text += "\n\\paragraph{Comparisons.}\n" + tests(report);
  return text;
}

std::string paper(const Report& report, const std::vector<Chart>& charts) {
  std::string text =
      "% The report as a document of its own: pdflatex, bibtex, pdflatex twice. Each part can be taken "
      "alone.\n"
      "\\documentclass{article}\n"
      "\\usepackage{textcomp,graphicx,booktabs,siunitx,pgfplots}\n\\pgfplotsset{compat=1.17}\n"
      "\\extrafloats{200}\n\\begin{document}\n";
  text += "\\section*{" + latex_text(report.study) + "}\n" + latex_text(report.question) + "\n\n";
  text += "\\input{methods.tex}\n\\input{table.tex}\n";
  for (std::size_t i = 0; i < charts.size(); ++i) text += figure(report, charts[i], i + 1);
  return text + "\\nocite{*}\n\\bibliographystyle{plain}\n\\bibliography{references}\n\\end{document}\n";
}

}  // namespace spanlab::host
