// SPDX-License-Identifier: MIT
#include "report/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace spanlab::host {
namespace {

std::string counted(std::size_t number, const char* what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

const char* unit_name(TextUnit unit) { return unit == TextUnit::document ? "document" : "sentence"; }

std::string seeds_text(const Difference& difference) {
  return difference.seeds == difference.other_seeds
             ? fmt::format("{} each", counted(difference.seeds, "seed"))
             : fmt::format("{} and {}", difference.seeds, counted(difference.other_seeds, "seed"));
}

/// What the claim rests on: `3 seeds each, 180 sentences`.
std::string basis(const Difference& difference) {
  if (difference.texts == 0) return seeds_text(difference);
  return fmt::format("{}, {}", seeds_text(difference), counted(difference.texts, unit_name(difference.unit)));
}

std::string number(double value) { return (value < 0 ? "−" : "") + fmt::format("{:.1f}", std::abs(value)); }

std::string claim_text(Claim claim) {
  switch (claim) {
    case Claim::method:
      return "with new seeds and new texts";
    case Claim::models:
      return "of these trained models, with new texts";
    case Claim::test_set:
      break;
  }
  return "with new seeds, on these test texts";
}

std::string points(const Difference& difference, const std::string& other) {
  return fmt::format("is {} points {} than {}", number(std::abs(difference.mean)),
                     difference.mean < 0 ? "lower" : "higher", other);
}

std::string range(const Interval& interval) { return number(interval.low) + " to " + number(interval.high); }

std::string not_shown(const Difference& difference, const std::string& other) {
  const bool corrected = difference.interval->low > 0 || difference.interval->high < 0;
  std::string text = fmt::format("is not shown to differ from {}{} (95 % interval {}; {}", other,
                                 corrected ? " after Holm's correction" : "", range(*difference.interval),
                                 basis(difference));
  if (difference.detectable)
    text += fmt::format("; this design finds {} points with a power of 80 %", number(*difference.detectable));
  return text + ")";
}

/// What a comparison found, after the row's name.
std::string found(const Difference& difference, const std::string& other) {
  if (!difference.interval)
    return fmt::format("{}; nothing is claimed: {}", points(difference, other), difference.reason);
  const Interval& interval = *difference.interval;
  if (difference.outcome == Outcome::supported) {
    const Interval size = difference.mean < 0 ? Interval{-interval.high, -interval.low} : interval;
    return fmt::format("{} (95 % interval {}; {})", points(difference, other), range(size),
                       basis(difference));
  }
  if (difference.outcome == Outcome::refuted)
    return fmt::format("does not differ from {} in practice (95 % interval {}; {})", other, range(interval),
                       basis(difference));
  return not_shown(difference, other);
}

Answer answer(const ResultTable& table, const ResultRow& row, const std::string& metric,
              const Difference& difference) {
  const std::string& other = table.rows[*row.baseline].label;
  return {fmt::format("{}: {} {}.", metric, row.label, found(difference, other)), difference.outcome, metric,
          row.label, other};
}

/// Where the study compares nothing.
std::vector<Answer> without_comparison(const std::vector<std::string>& metrics,
                                       const std::vector<ResultTable>& tables) {
  std::vector<Answer> answers;
  for (const ResultTable& table : tables) {
    const ResultRow* best = nullptr;
    for (const ResultRow& row : table.rows) {
      if (row.cells.at(0).best && !best) best = &row;
    }
    if (!best) continue;
    answers.push_back(
        {fmt::format("{}: {} is highest with {:.2f}. The study names no row that others are compared "
                     "with (report.baseline), so that nothing is claimed of the differences.",
                     metrics[0], best->label, best->cells[0].summary->mean),
         Outcome::undecided, metrics[0], best->label, ""});
  }
  return answers;
}

std::string procedure_name(const std::string& procedure) {
  static const std::map<std::string, std::string> names{
      {"two_way_t_sum", "t test whose variance has the part of the seeds and that of the test texts"},
      {"document_randomisation",
       "randomisation over test texts (10,000 draws), interval by bootstrap over them"},
      {"welch_t", "Welch's t test over seeds"},
      {"resampled_t", "t test over folds with the variance of Nadeau & Bengio (2003)"}};
  return names.at(procedure);
}

}  // namespace

std::vector<Answer> make_answers(const std::vector<std::string>& metrics,
                                 const std::vector<ResultTable>& tables) {
  std::vector<Answer> answers;
  for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
    for (const ResultTable& table : tables) {
      for (const ResultRow& row : table.rows) {
        const auto& difference = row.cells[metric].difference;
        if (difference) answers.push_back(answer(table, row, metrics[metric], *difference));
      }
    }
  }
  return answers.empty() ? without_comparison(metrics, tables) : answers;
}

std::string procedure_text(const ReportRequest& request, const std::vector<ResultTable>& tables) {
  std::map<std::string, std::size_t> used;
  for (const ResultTable& table : tables) {
    for (const ResultRow& row : table.rows) {
      for (const ScoreCell& cell : row.cells) {
        if (cell.difference && !cell.difference->procedure.empty()) ++used[cell.difference->procedure];
      }
    }
  }
  std::vector<std::string> texts;
  for (const auto& [procedure, times] : used) texts.push_back(procedure_name(procedure));
  if (texts.empty()) return "";
  const std::string family = request.family == Family::none ? "no correction for several comparisons"
                             : request.family == Family::score
                                 ? "Holm's correction over each score's comparisons"
                                 : "Holm's correction over the table's comparisons";
  return fmt::format("Claims are about what is found {}. Tested: {}; {}.", claim_text(request.claim),
                     fmt::join(texts, ", or "), family);
}

}  // namespace spanlab::host
