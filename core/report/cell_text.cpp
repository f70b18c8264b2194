// SPDX-License-Identifier: MIT
#include "report/cell_text.hpp"

#include "statistics/permutation_tests.hpp"

namespace spanlab::host {

namespace {

constexpr double kLevel = 0.05;

std::string counted(std::size_t number, const char* what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

}  // namespace

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
  if (cell.difference) return signed_text(cell.difference->summary.mean);
  return row.is_baseline ? "base" : "–";
}

std::string interval_text(const Difference& difference) {
  const auto& interval = difference.summary.interval;
  return interval ? signed_text(interval->low) + " to " + signed_text(interval->high) : "–";
}

std::string count_text(const ResultRow& row) {
  std::size_t finished = row.finished();
  return finished == row.trials.size() ? fmt::format("{}", finished)
                                       : fmt::format("{} of {}", finished, row.trials.size());
}

std::string p_text(double p) { return p < 0.001 ? "< 0.001" : fmt::format("{:.3g}", p); }

std::string verdict(const Difference& difference) {
  return difference.adjusted_p < kLevel ? "evidence"
                                        : fmt::format("no evidence at n = {}", difference.summary.n);
}

std::string table_note(const ResultTable& table) {
  bool several = std::ranges::any_of(table.rows, [](const ResultRow& row) { return row.finished() > 1; });
  std::string note = "Single runs, in percent.";
  if (several) note = "Mean ± sample standard deviation over n seeds, in percent.";
  note += fmt::format(
      " Bold: the {} among rows without missing trials, whether or not it is significant.",
      table.mistakes ? "best mean (of false positives the lowest, else the highest)" : "highest mean");
  if (std::ranges::none_of(table.rows, &ResultRow::is_baseline)) return note;
  if (table.kind == TableKind::ablations) {
    note += " Δ: difference to the unchanged base model over common seeds.";
  } else {
    note += " Δ: difference over common seeds to the row marked base that equals it in all other factors.";
  }
  if (table.comparisons == 0) return note;
  double smallest = smallest_sign_flip_p(table.most_pairs);
  note += fmt::format(" Tested: paired sign-flip permutation over seeds, Holm's correction for {}.",
                      counted(table.comparisons, "comparison"));
  if (table.most_pairs <= 20 && smallest >= kLevel) {
    note += fmt::format(
        " With {} its p cannot go below {}: no difference in a study of this size can be significant at {}.",
        counted(table.most_pairs, "pair"), p_text(smallest), kLevel);
  }
  return note;
}

}  // namespace spanlab::host
