// SPDX-License-Identifier: MIT
#include "report/charts.hpp"

#include "report/chart_parts.hpp"
#include "report/curves.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

/// The row's values in the columns other than `column`: what tells apart the lines of a chart.
std::string series_of(const ResultTable& table, const ResultRow& row, std::size_t column) {
  std::vector<std::string> parts;
  for (std::size_t other = 0; other < table.columns.size(); ++other) {
    if (other == column) continue;
    const bool alone = table.columns.size() == 2;
    parts.push_back(alone ? row.texts[other] : printable(table.headings[other]) + "=" + row.texts[other]);
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// The texts of a column in the order of the axis: rising where all are numbers, else as planned.
std::vector<std::string> axis_order(const ResultTable& table, std::size_t column) {
  std::vector<std::pair<json, std::string>> values;
  for (const ResultRow& row : table.rows) {
    std::pair<json, std::string> value{row.values[column], row.texts[column]};
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
  }
  if (std::ranges::all_of(values, [](const auto& value) { return value.first.is_number(); })) {
    std::ranges::stable_sort(values);
  }
  std::vector<std::string> order;
  for (const auto& [value, text] : values) order.push_back(text);
  return order;
}

/// What the points of single seeds hold in every chart.
json seed_point(const ResultRow& row, const SeedValue& seed) {
  return {{"row", chart_row(row)},
          {"seed", seed.trial->seed},
          {"trial", seed.trial->hash.substr(0, 12)},
          {"value", seed.value}};
}

Chart factor_chart(const Report& report, std::size_t table_number, std::size_t column, std::size_t metric) {
  const ResultTable& table = report.tables[table_number];
  json means = json::array();
  json seeds = json::array();
  std::vector<std::string> series;
  for (const ResultRow& row : table.rows) {
    const ScoreCell& cell = row.cells[metric];
    if (!cell.summary) continue;
    std::string name = series_of(table, row, column);
    if (std::ranges::find(series, name) == series.end()) series.push_back(name);
    double deviation = cell.summary->deviation.value_or(0);
    means.push_back({{"x", row.texts[column]},
                     {"row", chart_row(row)},
                     {"series", name},
                     {"mean", cell.summary->mean},
                     {"low", cell.summary->mean - deviation},
                     {"high", cell.summary->mean + deviation},
                     {"n", cell.summary->n}});
    for (const SeedValue& seed : cell.values) {
      json point = seed_point(row, seed);
      point["x"] = row.texts[column];
      point["series"] = name;
      seeds.push_back(std::move(point));
    }
  }
  const auto has_number = [&](const ResultRow& row) { return row.values[column].is_number(); };
  const Joined joined = std::ranges::all_of(table.rows, has_number) ? Joined::yes : Joined::no;
  SeriesLook look{series, table.columns.size() == 2 ? printable(table.columns[1 - column]) : "other factors"};
  Chart chart{.words = {report.metrics[metric], "by", table.columns[column]},
              .title = printable(report.metrics[metric] + " by " + table.columns[column]),
              .kind = "Score by " + printable(table.headings[column]),
              .choice = report.metrics[metric],
              .table = table_number};
  chart.spec = points_chart(chart.title, printable(table.columns[column]), axis_order(table, column),
                            printable(report.metrics[metric]), look, joined, means, seeds);
  return chart;
}

Chart ablation_chart(const Report& report, std::size_t table_number, std::size_t metric) {
  const ResultTable& table = report.tables[table_number];
  json means = json::array();
  json seeds = json::array();
  std::vector<std::string> order;
  for (const ResultRow& row : table.rows) {
    const auto& difference = row.cells[metric].difference;
    if (!difference) continue;
    order.push_back(row.label);
    json mean{{"label", row.label}, {"row", chart_row(row)}, {"mean", difference->test.difference}};
    if (const auto& interval = difference->test.interval) {
      mean["low"] = interval->low;
      mean["high"] = interval->high;
    }
    means.push_back(std::move(mean));
    for (const SeedValue& pair : difference->seed_differences) {
      seeds.push_back(seed_point(row, pair));
      seeds.back()["label"] = row.label;
    }
  }
  Chart chart{.words = {report.metrics[metric], "ablations"},
              .title = "Ablations: change in " + printable(report.metrics[metric]),
              .kind = "Change in score",
              .choice = report.metrics[metric],
              .table = table_number};
  chart.spec = differences_chart(chart.title, order, printable(report.metrics[metric]), means, seeds);
  return chart;
}

/// What a metric depends on in a table; nothing where no row has a score.
std::vector<Chart> score_charts(const Report& report, std::size_t number, std::size_t metric) {
  const ResultTable& table = report.tables[number];
  const auto some_row = [&](auto has) {
    return std::ranges::any_of(table.rows, [&](const ResultRow& row) { return has(row.cells[metric]); });
  };
  if (!some_row([](const ScoreCell& cell) { return cell.summary.has_value(); })) return {};
  std::vector<Chart> charts;
  if (table.kind == TableKind::ablations) {
    if (some_row([](const ScoreCell& cell) { return cell.difference.has_value(); })) {
      charts.push_back(ablation_chart(report, number, metric));
    }
  } else if (table.rows.size() > 1) {
    for (std::size_t column = 0; column < table.columns.size(); ++column)
      charts.push_back(factor_chart(report, number, column, metric));
  }
  return charts;
}

}  // namespace

std::vector<Chart> make_charts(const Report& report) {
  std::vector<Chart> charts;
  for (std::size_t number = 0; number < report.tables.size(); ++number) {
    const std::size_t first = charts.size();
    for (std::size_t metric = 0; metric < report.metrics.size(); ++metric)
      std::ranges::move(score_charts(report, number, metric), std::back_inserter(charts));
    std::ranges::move(learning_charts(report, number), std::back_inserter(charts));
    const bool others = std::ranges::count(report.tables, report.tables[number].kind, &ResultTable::kind) > 1;
    for (std::size_t chart = first; others && chart < charts.size(); ++chart)
      charts[chart].words.push_back(fmt::format("{}", number + 1));
  }
  return charts;
}

}  // namespace spanlab::host
