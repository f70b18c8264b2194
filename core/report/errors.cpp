// SPDX-License-Identifier: MIT
#include "report/errors.hpp"

#include <algorithm>

#include "report/published.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

std::string per_trial(std::int64_t count, const ErrorCounts& counts) {
  return fmt::format("{:.1f}", static_cast<double>(count) / static_cast<double>(counts.trials));
}

std::string error_row_name(const RowErrors& row) {
  return row.group.empty() ? row.label : row.label + ", " + row.group;
}

std::string error_heading(std::string name) {
  std::ranges::replace(name, '_', ' ');
  if (name.starts_with("argument.")) name = "argument: " + name.substr(9);
  return name;
}

// One kind of item; a category has a column where any row has such errors.
ErrorTexts categories_of(const ErrorSection& section, std::string title,
                         ItemErrorCounts ErrorCounts::* items) {
  ErrorTexts table{std::move(title), {"row", "false pos", "false neg"}, {}};
  std::vector<std::string> shown;
  for (const RowErrors& row : section.rows) {
    for (const ErrorLine& line : (row.counts.*items).categories) {
      if (line.errors() > 0 && std::ranges::find(shown, line.name) == shown.end()) shown.push_back(line.name);
    }
  }
  if (section.rows.empty()) return table;
  for (const ErrorLine& line : (section.rows[0].counts.*items).categories) {
    if (std::ranges::find(shown, line.name) != shown.end()) table.columns.push_back(error_heading(line.name));
  }
  for (const RowErrors& row : section.rows) {
    const ItemErrorCounts& counts = row.counts.*items;
    std::vector<std::string>& cells = table.cells.emplace_back();
    cells = {error_row_name(row), per_trial(counts.all.false_positives, row.counts),
             per_trial(counts.all.false_negatives, row.counts)};
    for (const ErrorLine& line : counts.categories) {
      if (std::ranges::find(shown, line.name) != shown.end())
        cells.push_back(per_trial(line.errors(), row.counts));
    }
  }
  return table;
}

ErrorTexts breakdown_of(const std::string& title, const ErrorTable& table, const ErrorCounts& counts) {
  ErrorTexts texts{title, {table.name, "correct", "false pos", "false neg", "precision", "recall", "F1"}, {}};
  for (const ErrorLine& line : table.lines) {
    if (line.correct + line.errors() == 0) continue;
    const Score score = line.score();
    texts.cells.push_back({line.name, per_trial(line.correct, counts),
                           per_trial(line.false_positives, counts), per_trial(line.false_negatives, counts),
                           fmt::format("{:.2f}", score.precision), fmt::format("{:.2f}", score.recall),
                           fmt::format("{:.2f}", score.f1)});
  }
  return texts;
}

}  // namespace

ErrorSection error_section(const Plan& plan, const RunStore& store, EvaluatedReader& reader) {
  ErrorSection section;
  std::vector<ErrorsByGroup> rows(plan.rows.size());
  for (const PlannedTrial& trial : plan.trials) {
    const std::optional<Attempt> attempt = store.newest_finished(trial.hash);
    if (!attempt) continue;  // the report says so elsewhere
    const TrialErrorCounts errors = trial_error_counts(trial, *attempt, reader);
    const std::string trouble = without_folders(errors.trouble);
    if (!trouble.empty() && std::ranges::find(section.left_out, trouble) == section.left_out.end())
      section.left_out.push_back(trouble);
    for (const auto& [group, counts] : errors.groups)
      add(counts, rows.at(static_cast<std::size_t>(trial.row))[group]);
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const auto& [group, counts] : rows[row])
      section.rows.push_back({printable(plan.rows[row].label), group, counts});
  }
  return section;
}

std::vector<ErrorTexts> category_tables(const ErrorSection& section) {
  std::vector<ErrorTexts> tables;
  tables.push_back(categories_of(section, "Entities", &ErrorCounts::entity));
  const bool relations = std::ranges::any_of(section.rows, [](const RowErrors& row) {
    return row.counts.strict.all.correct + row.counts.strict.all.errors() > 0;
  });
  if (!relations) return tables;
  ErrorTexts table = categories_of(section, "Relations, strict", &ErrorCounts::strict);
  table.columns.push_back("reachable, %");
  for (std::size_t i = 0; i < section.rows.size(); ++i)
    table.cells[i].push_back(fmt::format("{:.1f}", section.rows[i].counts.ceiling_strict.recall()));
  tables.push_back(std::move(table));
  return tables;
}

std::vector<ErrorTexts> breakdown_tables(const RowErrors& row) {
  std::vector<ErrorTexts> tables;
  for (const ErrorTable& table : row.counts.entity.breakdowns)
    tables.push_back(breakdown_of("Entities by " + table.name, table, row.counts));
  for (const ErrorTable& table : row.counts.strict.breakdowns)
    tables.push_back(breakdown_of("Strict relations by " + table.name, table, row.counts));
  std::erase_if(tables, [](const ErrorTexts& table) { return table.cells.empty(); });
  return tables;
}

}  // namespace spanlab::host
