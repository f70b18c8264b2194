// SPDX-License-Identifier: MIT
#include "report/tables.hpp"

#include <map>
#include <set>

#include "report/evaluation_text.hpp"
#include "statistics/folds.hpp"
#include "store/configuration_values.hpp"
#include "store/labels.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

/// The row in which the baseline's paths have its values and every other factor is that of `row`.
bool is_baseline_of(const Plan& plan, const StudyRow& candidate, const StudyRow& row) {
  const json& baseline = plan.report.baseline;
  for (const auto& [path, value] : baseline.items()) {
    if (candidate.value(path) != value) return false;
  }
  return std::ranges::all_of(plan.factors, [&](const std::string& path) {
    for (const auto& [changed, value] : baseline.items()) {
      if (at_or_below(path, changed)) return true;
    }
    return candidate.value(path) == row.value(path);
  });
}

std::optional<std::size_t> baseline_of(const Plan& plan, TableKind kind, const StudyRows& rows,
                                       std::size_t row) {
  for (std::size_t other = 0; other < rows.size(); ++other) {
    if (other == row) continue;
    if (kind == TableKind::ablations) {
      if (rows[other].planned().base) return other;
    } else if (plan.report.baseline.is_object() && is_baseline_of(plan, rows[other], rows[row])) {
      return is_baseline_of(plan, rows[row], rows[row]) ? std::nullopt : std::optional(other);
    }
  }
  return {};
}

std::vector<std::string> varying_factors(const std::vector<std::string>& factors, const StudyRows& rows) {
  std::vector<std::string> varying;
  for (const std::string& path : factors) {
    const json first = rows[0].value(path);
    if (std::ranges::any_of(rows, [&](const StudyRow& row) { return row.value(path) != first; })) {
      varying.push_back(path);
    }
  }
  return varying;
}

void set_columns(const Plan& plan, const StudyRows& rows, ResultTable& table) {
  if (table.kind == TableKind::space) table.columns = varying_factors(plan.factors, rows);
  const bool by_label = table.columns.empty();
  if (by_label) table.columns = {table.kind == TableKind::ablations ? "change" : "configuration"};
  table.headings = short_names(table.columns);
  for (const std::string& path : table.columns) {
    std::vector<json> values;
    for (std::size_t row = 0; row < rows.size(); ++row)
      values.push_back(by_label ? json(table.rows[row].label) : rows[row].value(path));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      table.rows[row].values.push_back(values[row]);
      table.rows[row].texts.push_back(printable(value_text(values[row], values)));
    }
  }
}

/// Folds share training data: their mean is less certain than that of as many seeds (Nadeau & Bengio 2003).
Summary summary_of(const std::vector<SeedValue>& values, std::size_t folds) {
  std::vector<double> numbers;
  for (const SeedValue& value : values) numbers.push_back(value.value);
  return folds < 2 ? summarise(numbers) : summarise_folds(numbers, folds);
}

void score_cells(std::size_t metrics, std::size_t folds, ResultTable& table) {
  for (ResultRow& row : table.rows) {
    row.cells.resize(metrics);
    for (std::size_t metric = 0; metric < metrics; ++metric) {
      ScoreCell& cell = row.cells[metric];
      for (const TrialResult* trial : row.trials) {
        if (trial->scores[metric]) cell.values.push_back({trial, *trial->scores[metric]});
      }
      if (!cell.values.empty()) cell.summary = summary_of(cell.values, folds);
    }
  }
}

/// How many folds the table's trials have; 0 where the data are not cut. Of ten folds some may have been left
/// out: intervals are then wider than they need be.
std::size_t folds_of(const ResultTable& table) {
  std::set<json> folds;
  for (const ResultRow& row : table.rows) {
    for (const TrialResult* trial : row.trials) folds.insert(trial->fold);
  }
  folds.erase(json());
  return folds.size();
}

void compare_cells(const ReportRequest& request, const std::vector<std::string>& metrics, std::size_t folds,
                   ResultTable& table) {
  std::map<std::string, std::vector<Difference*>> families;
  for (ResultRow& row : table.rows) {
    for (std::size_t metric = 0; row.baseline && metric < metrics.size(); ++metric) {
      ScoreCell& cell = row.cells[metric];
      const ScoreCell& other = table.rows[*row.baseline].cells[metric];
      if (cell.values.empty() || other.values.empty()) continue;
      cell.difference = compare(cell.values, other.values, metrics[metric], request, folds);
      families[request.family == Family::score ? metrics[metric] : ""].push_back(&*cell.difference);
      if (cell.difference->test.p) ++table.comparisons;
    }
  }
  for (const auto& [name, family] : families) {
    adjust(family, request.family);
    for (Difference* difference : family) judge(*difference, request.margin);
  }
}

/// The best mean of each metric among rows without missing trials; every row that reaches it.
void mark_best(const std::vector<std::string>& metrics, ResultTable& table) {
  for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
    const bool lowest = counts_mistakes(metrics[metric]);
    table.mistakes |= lowest;
    if (table.rows.size() < 2) continue;
    std::optional<double> best;
    auto counts = [&](const ResultRow& row) {
      return row.cells[metric].summary && row.finished() == row.trials.size();
    };
    for (const ResultRow& row : table.rows) {
      if (!counts(row)) continue;
      const double mean = row.cells[metric].summary->mean;
      best = !best ? mean : lowest ? std::min(*best, mean) : std::max(*best, mean);
    }
    std::vector<ScoreCell*> cells;
    for (ResultRow& row : table.rows) {
      ScoreCell& cell = row.cells[metric];
      cell.best = best && counts(row) && cell.summary->mean == *best;
      if (cell.best) cells.push_back(&cell);
    }
    for (ScoreCell* cell : cells) cell->tied = cells.size() > 1;
  }
}

ResultTable make_table(const Plan& plan, TableKind kind, const StudyRows& rows,
                       const std::vector<std::string>& metrics, const std::vector<TrialResult>& trials) {
  ResultTable table;
  table.kind = kind;
  table.title = kind == TableKind::ablations ? "Ablations" : "Results";
  table.evaluation = evaluation_text(rows.at(0).configuration());
  for (const StudyRow& row : rows) {
    const bool unchanged = kind == TableKind::ablations && row.planned().base;
    ResultRow& result = table.rows.emplace_back();
    result.label = unchanged ? kBaseModel : printable(row.planned().label);
    for (const TrialResult& trial : trials) {
      if (trial.row == row.number()) result.trials.push_back(&trial);
    }
  }
  set_columns(plan, rows, table);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    table.rows[row].baseline = baseline_of(plan, kind, rows, row);
    if (table.rows[row].baseline) table.rows[*table.rows[row].baseline].is_baseline = true;
  }
  const std::size_t folds = folds_of(table);
  score_cells(metrics.size(), folds, table);
  mark_best(metrics, table);
  compare_cells(plan.report, metrics, folds, table);
  return table;
}

/// Rows whose numbers may be compared, by their evaluation set-ups in order of appearance.
std::vector<StudyRows> comparable_rows(const StudyRows& rows) {
  std::vector<std::pair<std::string, StudyRows>> groups;
  for (const StudyRow& row : rows) {
    const std::string evaluation = evaluation_text(row.configuration());
    auto group = std::ranges::find(groups, evaluation, &std::pair<std::string, StudyRows>::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {evaluation, {}});
    group->second.push_back(row);
  }
  std::vector<StudyRows> all;
  for (auto& [evaluation, group] : groups) all.push_back(std::move(group));
  return all;
}

/// The points of the space; where nothing varies, the base model stands in the table of the ablations alone.
StudyRows point_rows(const Plan& plan, const StudyRows& rows, bool has_ablations) {
  StudyRows points;
  for (const StudyRow& row : rows) {
    const bool among_ablations = row.planned().base && plan.factors.empty() && has_ablations;
    if (!row.is_ablation() && !among_ablations) points.push_back(row);
  }
  return points;
}

/// The base model's row, which ablations are compared with, and theirs.
StudyRows ablation_rows(const StudyRows& rows) {
  StudyRows ablations;
  for (const StudyRow& row : rows) {
    if (row.planned().base) ablations.insert(ablations.begin(), row);
    if (row.is_ablation()) ablations.push_back(row);
  }
  return ablations;
}

}  // namespace

bool compares(const ResultTable& table) { return std::ranges::any_of(table.rows, &ResultRow::is_baseline); }

bool counts_mistakes(const std::string& metric) { return metric.find(".false_positives.") != metric.npos; }

std::size_t ResultRow::finished() const {
  return static_cast<std::size_t>(std::ranges::count(trials, TrialEnding::finished, &TrialResult::ending));
}

std::vector<ResultTable> result_tables(const Plan& plan, const StudyRows& rows,
                                       const std::vector<std::string>& metrics,
                                       const std::vector<TrialResult>& trials) {
  std::vector<ResultTable> tables;
  for (const StudyRows& group : comparable_rows(rows)) {
    const bool has_ablations = std::ranges::any_of(group, &StudyRow::is_ablation);
    const StudyRows points = point_rows(plan, group, has_ablations);
    if (!points.empty()) tables.push_back(make_table(plan, TableKind::space, points, metrics, trials));
    if (has_ablations) {
      tables.push_back(make_table(plan, TableKind::ablations, ablation_rows(group), metrics, trials));
    }
  }
  return tables;
}

}  // namespace spanlab::host
