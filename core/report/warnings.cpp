// SPDX-License-Identifier: MIT
#include "report/warnings.hpp"

#include "report/lines.hpp"

namespace spanlab::host {
namespace {

using Labels = std::vector<std::string>;

bool is_all_zero(const ScoreCell& cell) {
  return cell.summary && std::ranges::all_of(cell.values, [](const auto& seed) { return seed.value == 0; });
}

bool counts_mistakes(const std::string& metric) { return metric.find(".false_positives.") != metric.npos; }

/// The rows in which a score is 0 in every trial.
Labels zero_rows(const ResultTable& table, std::size_t metric) {
  Labels zero;
  for (const ResultRow& row : table.rows) {
    if (is_all_zero(row.cells[metric])) zero.push_back(row.label);
  }
  return zero;
}

std::size_t scored_rows(const ResultTable& table, std::size_t metric) {
  const auto is_scored = [&](const ResultRow& row) { return row.cells[metric].summary.has_value(); };
  return static_cast<std::size_t>(std::ranges::count_if(table.rows, is_scored));
}

/// Where scores are 0, with the scores that are 0 there.
std::vector<std::pair<std::string, Labels>> zero_places(const std::vector<std::string>& metrics,
                                                        const ResultTable& table) {
  std::vector<std::pair<std::string, Labels>> places;
  for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
    const Labels zero = zero_rows(table, metric);
    if (zero.empty() || counts_mistakes(metrics[metric])) continue;  // no mistakes are good news
    const bool everywhere = zero.size() == scored_rows(table, metric);
    const std::string where = everywhere ? "all rows (" + table.evaluation + ")" : few_of(zero, "; ");
    auto place = std::ranges::find(places, where, &std::pair<std::string, Labels>::first);
    if (place == places.end()) place = places.insert(places.end(), {where, {}});
    place->second.push_back(metrics[metric]);
  }
  return places;
}

}  // namespace

std::vector<std::string> result_warnings(const std::vector<std::string>& metrics,
                                         const std::vector<ResultTable>& tables) {
  std::vector<std::string> warnings;
  for (const ResultTable& table : tables) {
    for (const auto& [where, scores] : zero_places(metrics, table)) {
      std::string text = fmt::format(
          "0 in every trial of {}: {}. Such a model has found nothing right: too little training, or a "
          "setting that it cannot learn with.",
          where, fmt::join(scores, ", "));
      if (std::ranges::find(warnings, text) == warnings.end()) warnings.push_back(std::move(text));
    }
  }
  return warnings;
}

}  // namespace spanlab::host
