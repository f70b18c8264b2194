// SPDX-License-Identifier: MIT
#include "evaluate/error_counts.hpp"

#include <algorithm>

namespace spanlab::host {
namespace {

// The line of this name, which is made where it is missing: all trials have the same ones in one order.
ErrorLine& line_of(std::vector<ErrorLine>& lines, const std::string& name) {
  const auto place = std::ranges::find(lines, name, &ErrorLine::name);
  return place != lines.end() ? *place : lines.emplace_back(ErrorLine{.name = name});
}

template <typename Lists>
void add_to(ErrorLine& line, const Lists& lists) {
  line.false_positives += static_cast<std::int64_t>(lists.false_positives.size());
  line.false_negatives += static_cast<std::int64_t>(lists.false_negatives.size());
}

void add_breakdown(const Breakdown& breakdown, std::vector<ErrorTable>& tables) {
  auto table = std::ranges::find(tables, breakdown.name, &ErrorTable::name);
  if (table == tables.end()) table = tables.insert(tables.end(), ErrorTable{breakdown.name, {}});
  for (const BreakdownPart& part : breakdown.parts) {
    ErrorLine& line = line_of(table->lines, part.label);
    line.correct += static_cast<std::int64_t>(part.correct.size());
    add_to(line, part);
  }
}

template <typename Outcome>
void add_items(const ItemErrors<Outcome>& errors, ItemErrorCounts& counts) {
  counts.all.correct += static_cast<std::int64_t>(errors.correct.size());
  for (const ErrorCategory& category : errors.categories) {
    add_to(line_of(counts.categories, category.name), category);
    add_to(counts.all, category);
  }
  for (const Breakdown& breakdown : errors.breakdowns) add_breakdown(breakdown, counts.breakdowns);
  counts.types = errors.confusion.types;
  counts.confusion.resize(counts.types.size(), std::vector<std::int64_t>(counts.types.size()));
  for (std::size_t gold = 0; gold < counts.types.size(); ++gold) {
    for (std::size_t said = 0; said < counts.types.size(); ++said)
      counts.confusion[gold][said] += static_cast<std::int64_t>(errors.confusion.cells[gold][said].size());
  }
}

void add_line(const ErrorLine& more, std::vector<ErrorLine>& lines) {
  ErrorLine& line = line_of(lines, more.name);
  line.correct += more.correct;
  line.false_positives += more.false_positives;
  line.false_negatives += more.false_negatives;
}

void add_items(const ItemErrorCounts& more, ItemErrorCounts& counts) {
  counts.all.correct += more.all.correct;
  counts.all.false_positives += more.all.false_positives;
  counts.all.false_negatives += more.all.false_negatives;
  for (const ErrorLine& line : more.categories) add_line(line, counts.categories);
  for (const ErrorTable& table : more.breakdowns) {
    auto known = std::ranges::find(counts.breakdowns, table.name, &ErrorTable::name);
    if (known == counts.breakdowns.end())
      known = counts.breakdowns.insert(counts.breakdowns.end(), ErrorTable{table.name, {}});
    for (const ErrorLine& line : table.lines) add_line(line, known->lines);
  }
  if (counts.types.empty()) {
    counts.types = more.types;
    counts.confusion.resize(more.types.size(), std::vector<std::int64_t>(more.types.size()));
  }
  for (std::size_t gold = 0; gold < more.types.size(); ++gold) {
    for (std::size_t said = 0; said < more.types.size(); ++said)
      counts.confusion.at(gold).at(said) += more.confusion[gold][said];
  }
}

void add_ceiling(const CeilingCounts& more, CeilingCounts& counts) {
  counts.gold += more.gold;
  counts.reachable += more.reachable;
  counts.on_found_arguments += more.on_found_arguments;
}

void add_ceiling(const RelationCeiling& ceiling, CeilingCounts& counts) {
  counts.gold += ceiling.gold;
  counts.reachable += static_cast<std::int64_t>(ceiling.reachable.size());
  counts.on_found_arguments += ceiling.on_found_arguments;
}

}  // namespace

void add(const ErrorCounts& more, ErrorCounts& counts) {
  counts.trials += more.trials;
  add_items(more.entity, counts.entity);
  add_items(more.strict, counts.strict);
  add_items(more.boundary, counts.boundary);
  add_ceiling(more.ceiling_strict, counts.ceiling_strict);
  add_ceiling(more.ceiling_boundary, counts.ceiling_boundary);
}

void add(const ErrorAnalysis& analysis, ErrorCounts& counts) {
  ++counts.trials;
  add_items(analysis.entity, counts.entity);
  add_items(analysis.strict.errors, counts.strict);
  add_items(analysis.boundary.errors, counts.boundary);
  add_ceiling(analysis.strict.ceiling, counts.ceiling_strict);
  add_ceiling(analysis.boundary.ceiling, counts.ceiling_boundary);
}

}  // namespace spanlab::host
