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
  const char* what = difference.folds ? "trained model" : "seed";
  return difference.seeds == difference.other_seeds
             ? fmt::format("{} each", counted(difference.seeds, what))
             : fmt::format("{} and {}", difference.seeds, counted(difference.other_seeds, what));
}

/// What the claim rests on: `3 seeds each, 180 sentences`.
std::string basis(const Difference& difference) {
  if (difference.texts == 0) return seeds_text(difference);
  return fmt::format("{}, {}", seeds_text(difference), counted(difference.texts, unit_name(difference.unit)));
}

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
  const double points = difference.test.difference;
  if (short_points(std::abs(points)) == "0.0") return "has the mean of " + other;
  return fmt::format("is {} points {} than {}", short_points(std::abs(points)),
                     points < 0 ? "lower" : "higher", other);
}

std::string not_shown(const Difference& difference, const std::string& other) {
  const ClaimTest& test = difference.test;
  std::string text = fmt::format("is not shown to differ from {}{} (95 % interval {}; {}", other,
                                 lost_to_correction(difference) ? " after Holm's correction" : "",
                                 points_range(*test.interval), basis(difference));
  if (test.detectable)
    text += fmt::format("; this design finds {} points with a power of 80 %", short_points(*test.detectable));
  return text + ")";
}

/// What a comparison found, after the row's name.
std::string found(const Difference& difference, const std::string& other,
                  const std::optional<double>& margin) {
  const ClaimTest& test = difference.test;
  if (!test.interval)
    return fmt::format("{}; nothing is claimed: {}", points(difference, other), test.reason);
  if (difference.outcome == Outcome::supported) {
    const Interval& interval = *test.interval;
    const Interval size = test.difference < 0 ? Interval{-interval.high, -interval.low} : interval;
    return fmt::format("{} (95 % interval {}; {})", points(difference, other), points_range(size),
                       basis(difference));
  }
  if (difference.outcome == Outcome::refuted && margin)
    return fmt::format(
        "does not differ from {} by more than {:g} points, the study's margin (95 % interval {}; {})", other,
        *margin, points_range(*test.interval), basis(difference));
  return not_shown(difference, other);
}

Answer answer(const ResultTable& table, const ResultRow& row, const std::string& metric,
              const Difference& difference, const std::optional<double>& margin) {
  const std::string& other = table.rows[*row.baseline].label;
  return {.text = fmt::format("{}: {} {}.", metric, row.label, found(difference, other, margin)),
          .outcome = difference.outcome,
          .metric = metric,
          .verdict = difference.verdict,
          .row = row.label,
          .other = other};
}

/// The row with the best mean of a score: the lowest where it counts mistakes.
const ResultRow* best_row(const ResultTable& table, std::size_t metric, bool lowest) {
  const ResultRow* best = nullptr;
  for (const ResultRow& row : table.rows) {
    const auto& summary = row.cells[metric].summary;
    if (!summary) continue;
    const bool better = !best || (lowest ? summary->mean < best->cells[metric].summary->mean
                                         : summary->mean > best->cells[metric].summary->mean);
    if (better) best = &row;
  }
  return best;
}

/// Where nothing was compared.
std::vector<Answer> without_comparison(const std::vector<std::string>& metrics, const ReportRequest& request,
                                       const std::vector<ResultTable>& tables) {
  const std::string why = request.baseline.is_object()
                              ? "No row has a finished trial beside one of the row that it is compared with"
                              : "The study names no row that others are compared with (report.baseline)";
  std::vector<Answer> answers;
  for (const ResultTable& table : tables) {
    const bool lowest = counts_mistakes(metrics[0]);
    const ResultRow* best = best_row(table, 0, lowest);
    if (!best) continue;
    const bool alone = table.rows.size() == 1;
    const std::string place = alone ? "has" : lowest ? "is lowest with" : "is highest with";
    std::string text =
        fmt::format("{}: {} {} {:.2f}", metrics[0], best->label, place, best->cells[0].summary->mean);
    text += alone ? "." : fmt::format(". {}, so that nothing is claimed of the differences.", why);
    answers.push_back({.text = std::move(text), .metric = metrics[0], .row = best->label});
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

std::vector<Answer> make_answers(const std::vector<std::string>& metrics, const ReportRequest& request,
                                 const std::vector<ResultTable>& tables) {
  std::vector<Answer> answers;
  for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
    for (const ResultTable& table : tables) {
      for (const ResultRow& row : table.rows) {
        const auto& difference = row.cells[metric].difference;
        if (difference) answers.push_back(answer(table, row, metrics[metric], *difference, request.margin));
      }
    }
  }
  return answers.empty() ? without_comparison(metrics, request, tables) : answers;
}

std::string procedure_text(const ReportRequest& request, const std::vector<ResultTable>& tables) {
  std::map<std::string, std::size_t> used;
  for (const ResultTable& table : tables) {
    for (const ResultRow& row : table.rows) {
      for (const ScoreCell& cell : row.cells) {
        if (cell.difference && !cell.difference->test.procedure.empty())
          ++used[cell.difference->test.procedure];
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
  const std::string about =
      used.contains("resampled_t") ? "with other folds and seeds" : claim_text(request.claim);
  return fmt::format(
      "Claims are about what is found {}. Tested: {}; {}. Intervals and what a design finds are of "
      "each comparison by itself.",
      about, fmt::join(texts, ", or "), family);
}

}  // namespace spanlab::host
