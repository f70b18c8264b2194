// SPDX-License-Identifier: MIT
#include "report/content.hpp"

#include "evaluate/metrics.hpp"
#include "report/folds.hpp"
#include "report/names.hpp"
#include "report/parameters.hpp"
#include "report/settings.hpp"
#include "text/terminal_text.hpp"

namespace spanlab {
namespace {

using nlohmann::json;
using RowNumbers = std::vector<std::size_t>;

/// The row in which the baseline's paths have its values and every other factor is that of `row`.
bool is_baseline_of(const Plan& plan, std::size_t candidate, std::size_t row) {
  const json& baseline = plan.report.baseline;
  for (const auto& [path, value] : baseline.items()) {
    if (factor_value(plan, candidate, path) != value) return false;
  }
  return std::ranges::all_of(plan.factors, [&](const std::string& path) {
    for (const auto& [changed, value] : baseline.items()) {
      if (at_or_below(path, changed)) return true;
    }
    return factor_value(plan, candidate, path) == factor_value(plan, row, path);
  });
}

std::optional<std::size_t> baseline_of(const Plan& plan, const ResultTable& table, const RowNumbers& numbers,
                                       std::size_t row) {
  for (std::size_t other = 0; other < numbers.size(); ++other) {
    if (table.kind == TableKind::ablations) {
      if (other != row && plan.rows[numbers[other]].base) return other;
    } else if (plan.report.baseline.is_object() && other != row &&
               is_baseline_of(plan, numbers[other], numbers[row])) {
      return is_baseline_of(plan, numbers[row], numbers[row]) ? std::nullopt : std::optional(other);
    }
  }
  return {};
}

void set_columns(const Plan& plan, const RowNumbers& numbers, ResultTable& table) {
  if (table.kind == TableKind::space) {
    for (const std::string& path : plan.factors) {
      bool varies = std::ranges::any_of(numbers, [&](std::size_t n) {
        return factor_value(plan, n, path) != factor_value(plan, numbers[0], path);
      });
      if (varies) table.columns.push_back(path);
    }
  }
  bool by_label = table.columns.empty();
  if (by_label) table.columns = {table.kind == TableKind::ablations ? "change" : "configuration"};
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    for (const std::string& path : table.columns) {
      table.rows[row].values.push_back(by_label ? json(table.rows[row].label)
                                                : factor_value(plan, numbers[row], path));
    }
  }
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    std::vector<json> all;
    for (const ResultRow& row : table.rows) all.push_back(row.values[column]);
    for (ResultRow& row : table.rows) row.texts.push_back(printable(value_text(row.values[column], all)));
  }
}

std::optional<Difference> difference(const ResultRow& row, const ResultRow& baseline,
                                     const std::string& metric) {
  std::vector<double> differences;
  for (const TrialResult* trial : row.trials) {
    for (const TrialResult* other : baseline.trials) {
      if (!trial->is_pair_of(*other)) continue;
      auto mine = trial->score(metric);
      auto theirs = other->score(metric);
      if (mine && theirs) differences.push_back(*mine - *theirs);
    }
  }
  if (differences.empty()) return {};
  return Difference{summarise(differences), sign_flip_p(differences), 1.0};
}

void score_cells(const std::vector<std::string>& metrics, ResultTable& table) {
  for (ResultRow& row : table.rows) {
    for (const std::string& metric : metrics) {
      std::vector<double> values;
      for (const TrialResult* trial : row.trials) {
        if (auto value = trial->score(metric)) values.push_back(*value);
      }
      ScoreCell& cell = row.cells.emplace_back();
      if (!values.empty()) cell.summary = summarise(values);
      if (row.baseline) cell.difference = difference(row, table.rows[*row.baseline], metric);
    }
  }
}

/// The best mean of each metric among rows without missing trials; every row that reaches it.
void mark_best(const std::vector<std::string>& metrics, ResultTable& table) {
  for (std::size_t metric = 0; metric < metrics.size(); ++metric) {
    const bool lowest = metrics[metric].find(".false_positives.") != std::string::npos;
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
    for (ResultRow& row : table.rows)
      row.cells[metric].best = best && counts(row) && row.cells[metric].summary->mean == *best;
  }
}

void correct_for_many(ResultTable& table) {
  std::vector<Difference*> differences;
  for (ResultRow& row : table.rows) {
    for (ScoreCell& cell : row.cells) {
      if (cell.difference) differences.push_back(&*cell.difference);
    }
  }
  std::vector<double> p;
  for (const Difference* difference : differences) p.push_back(difference->p);
  std::vector<double> adjusted = holm(p);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    differences[i]->adjusted_p = adjusted[i];
    table.most_pairs = std::max(table.most_pairs, differences[i]->summary.n);
  }
  table.comparisons = differences.size();
}

ResultTable make_table(const Plan& plan, const Report& report, TableKind kind, const RowNumbers& numbers) {
  ResultTable table;
  table.kind = kind;
  table.title = kind == TableKind::ablations ? "Ablations" : "Results";
  table.evaluation = evaluation_text(configuration_of(plan, numbers.at(0)));
  for (std::size_t number : numbers) {
    ResultRow& row = table.rows.emplace_back();
    const PlanRow& planned = plan.rows[number];
    row.label = kind == TableKind::ablations && planned.base ? "base model" : printable(planned.label);
    for (const TrialResult& trial : report.trials) {
      if (trial.row == number) row.trials.push_back(&trial);
    }
  }
  set_columns(plan, numbers, table);
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    table.rows[row].baseline = baseline_of(plan, table, numbers, row);
    if (table.rows[row].baseline) table.rows[*table.rows[row].baseline].is_baseline = true;
  }
  score_cells(report.metrics, table);
  mark_best(report.metrics, table);
  correct_for_many(table);
  return table;
}

/// Rows of one evaluation set-up, as one table of points of the space and one of ablations.
void add_tables(const Plan& plan, const RowNumbers& rows, Report& report) {
  RowNumbers points;
  RowNumbers ablations;
  bool has_ablations =
      std::ranges::any_of(rows, [&](std::size_t row) { return !plan.rows[row].ablation.empty(); });
  for (std::size_t row : rows) {
    const PlanRow& planned = plan.rows[row];
    if (planned.ablation.empty() && (!planned.base || !plan.factors.empty() || !has_ablations))
      points.push_back(row);
    if (has_ablations && planned.base) ablations.insert(ablations.begin(), row);
    if (!planned.ablation.empty()) ablations.push_back(row);
  }
  if (!points.empty()) report.tables.push_back(make_table(plan, report, TableKind::space, points));
  if (has_ablations) report.tables.push_back(make_table(plan, report, TableKind::ablations, ablations));
}

}  // namespace

std::size_t ResultRow::finished() const {
  return static_cast<std::size_t>(std::ranges::count(trials, TrialEnding::finished, &TrialResult::ending));
}

Report build_report(const Plan& given, const RunStore& store, const std::string& out) {
  const Plan plan = with_folds_as_repeats(given);
  Report report;
  report.study = plan.study;
  report.question = plan.question;
  report.metrics = plan.report.metrics;
  if (report.metrics.empty()) report.metrics = {"entity.f1", "relation.strict.f1"};
  report.trials = read_results(plan, store);
  std::vector<std::pair<std::string, RowNumbers>> groups;
  for (std::size_t row = 0; row < plan.rows.size(); ++row) {
    std::string evaluation = evaluation_text(configuration_of(plan, row));
    auto group = std::ranges::find(groups, evaluation, &std::pair<std::string, RowNumbers>::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {evaluation, {}});
    group->second.push_back(row);
  }
  for (const auto& [evaluation, rows] : groups) add_tables(plan, rows, report);
  report.setup = shared_setup(given, report);
  report.names = meanings_of_names(given);
  report.provenance = provenance_differences(report.trials);
  report.commands = reproducing_commands(plan, store.root(), out);
  report.parameters = all_parameters(given);
  return report;
}

}  // namespace spanlab
