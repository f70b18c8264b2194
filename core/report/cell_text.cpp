// SPDX-License-Identifier: MIT
#include "report/cell_text.hpp"

namespace spanlab::host {

std::string score_text(const ScoreCell& cell) {
  if (!cell.summary) return "–";
  if (!cell.summary->deviation) return fmt::format("{:.2f}", cell.summary->mean);
  return fmt::format("{:.2f} ± {:.2f}", cell.summary->mean, *cell.summary->deviation);
}

std::string signed_text(double number) {
  std::string text = fmt::format("{:.2f}", std::abs(number));
  if (text == "0.00") return text;
  return (number < 0 ? "−" : "+") + text;
}

std::string difference_text(const ResultRow& row, const ScoreCell& cell) {
  if (cell.difference) return signed_text(cell.difference->test.difference);
  return row.is_baseline ? "base" : "–";
}

std::string interval_text(const Difference& difference) {
  const auto& interval = difference.test.interval;
  return interval ? signed_text(interval->low) + " to " + signed_text(interval->high) : "–";
}

std::string count_text(const ResultRow& row) {
  std::size_t finished = row.finished();
  return finished == row.trials.size() ? fmt::format("{}", finished)
                                       : fmt::format("{} of {}", finished, row.trials.size());
}

std::string p_text(const std::optional<double>& p) {
  if (!p) return "–";
  return *p < 0.001 ? "< 0.001" : fmt::format("{:.3g}", *p);
}

std::vector<ComparisonColumn> comparison_columns(const ReportRequest& request) {
  std::vector<ComparisonColumn> columns{{"row"},
                                        {"compared with"},
                                        {"score"},
                                        {"seeds", true},
                                        {"texts", true},
                                        {"difference", true},
                                        {"95 % interval", true},
                                        {"p", true}};
  if (request.family != Family::none) columns.push_back({"p (Holm)", true});
  columns.push_back({"found with 80 %", true});
  for (const Effect effect : request.effects) columns.push_back({std::string(to_text(effect)), true});
  columns.push_back({"verdict"});
  return columns;
}

std::vector<std::vector<std::string>> comparison_rows(const ReportRequest& request,
                                                      const std::vector<std::string>& metrics,
                                                      const ResultTable& table) {
  std::vector<std::vector<std::string>> rows;
  for (const ResultRow& row : table.rows) {
    for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
      const auto& difference = row.cells[metric].difference;
      if (!difference) continue;
      const bool alike = difference->seeds == difference->other_seeds;
      auto& cells = rows.emplace_back();
      cells = {row.label,
               table.rows[*row.baseline].label,
               metrics[metric],
               alike ? fmt::format("{}", difference->seeds)
                     : fmt::format("{} / {}", difference->seeds, difference->other_seeds),
               difference->texts > 0 ? fmt::format("{}", difference->texts) : "–",
               signed_text(difference->test.difference),
               interval_text(*difference),
               p_text(difference->test.p)};
      if (request.family != Family::none) cells.push_back(p_text(difference->adjusted_p));
      const auto& detectable = difference->test.detectable;
      cells.push_back(detectable ? fmt::format("{:.1f}", *detectable) : "–");
      for (const Effect effect : request.effects) {
        const auto size = std::ranges::find(difference->effects, effect, &std::pair<Effect, double>::first);
        cells.push_back(size == difference->effects.end() ? "–" : fmt::format("{:.2f}", size->second));
      }
      cells.push_back(difference->verdict);
    }
  }
  return rows;
}

std::string table_note(const ResultTable& table) {
  bool several = std::ranges::any_of(table.rows, [](const ResultRow& row) { return row.finished() > 1; });
  std::string note = "Single runs, in percent.";
  if (several) note = "Mean ± sample standard deviation over n seeds, in percent.";
  note += fmt::format(
      " Bold: the {} among rows without missing trials, whether or not it is significant.",
      table.mistakes ? "best mean (of false positives the lowest, else the highest)" : "highest mean");
  if (!compares(table)) return note;
  if (table.kind == TableKind::ablations) {
    note += " Δ: difference to the unchanged base model (means over seeds).";
  } else {
    note += " Δ: difference of means to the row marked base that equals it in all other factors.";
  }
  return note;
}

}  // namespace spanlab::host
