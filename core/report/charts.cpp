// SPDX-License-Identifier: MIT
#include "report/charts.hpp"

#include <set>

#include "files/file_names.hpp"
#include "report/chart_parts.hpp"
#include "text/terminal_text.hpp"
#include "store/labels.hpp"

namespace spanlab {
namespace {

using nlohmann::json;

/// The row's values in the columns other than `column`: what tells apart the lines of a chart.
std::string series_of(const ResultTable& table, const ResultRow& row, std::size_t column) {
  std::vector<std::string> names = short_names(table.columns);
  std::vector<std::string> parts;
  for (std::size_t other = 0; other < table.columns.size(); ++other) {
    if (other == column) continue;
    bool alone = table.columns.size() == 2;
    parts.push_back(alone ? row.texts[other] : printable(names[other]) + "=" + row.texts[other]);
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
  if (std::ranges::all_of(values, [](const auto& value) { return value.first.is_number(); }))
    std::ranges::stable_sort(values);
  std::vector<std::string> order;
  for (const auto& [value, text] : values) order.push_back(text);
  return order;
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
                     {"series", name},
                     {"mean", cell.summary->mean},
                     {"low", cell.summary->mean - deviation},
                     {"high", cell.summary->mean + deviation},
                     {"n", cell.summary->n}});
    for (const TrialResult* trial : row.trials) {
      if (auto value = trial->score(report.metrics[metric])) {
        seeds.push_back(
            {{"x", row.texts[column]}, {"series", name}, {"value", *value}, {"seed", trial->seed}});
      }
    }
  }
  bool number_axis =
      std::ranges::all_of(table.rows, [&](const ResultRow& row) { return row.values[column].is_number(); });
  SeriesLook look{series, table.columns.size() == 2 ? printable(table.columns[1 - column]) : "other factors"};
  Chart chart{.words = {report.metrics[metric], "by", table.columns[column]},
              .title = printable(report.metrics[metric] + " by " + table.columns[column]),
              .table = table_number};
  chart.spec = points_chart(chart.title, printable(table.columns[column]), axis_order(table, column),
                            printable(report.metrics[metric]), look, number_axis ? Joined::yes : Joined::no,
                            means, seeds);
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
    Interval interval =
        difference->summary.interval.value_or(Interval{difference->summary.mean, difference->summary.mean});
    means.push_back({{"label", row.label},
                     {"mean", difference->summary.mean},
                     {"low", interval.low},
                     {"high", interval.high}});
    for (const TrialResult* trial : row.trials) {
      for (const TrialResult* base : table.rows[*row.baseline].trials) {
        auto mine = trial->score(report.metrics[metric]);
        auto theirs = base->score(report.metrics[metric]);
        if (trial->is_pair_of(*base) && mine && theirs) {
          seeds.push_back({{"label", row.label}, {"value", *mine - *theirs}, {"seed", trial->seed}});
        }
      }
    }
  }
  Chart chart{.words = {report.metrics[metric], "ablations"},
              .title = "Ablations: change in " + printable(report.metrics[metric]),
              .table = table_number};
  chart.spec = differences_chart(chart.title, order, printable(report.metrics[metric]), means, seeds);
  return chart;
}

/// A curve per row: the mean over seeds at each epoch, and the lowest and highest seed.
struct Curves {
  std::map<std::string, std::map<double, std::vector<double>>> points;  ///< by row, by epoch
  std::vector<std::string> order;
};

template <class Get>
Curves curves_of(const ResultTable& table, Get value) {
  Curves curves;
  for (const ResultRow& row : table.rows) {
    auto& points = curves.points[row.label];
    for (const TrialResult* trial : row.trials) {
      for (const json& line : trial->progress) {
        auto number = value(line);
        if (number && line.contains("epoch") && line["epoch"].is_number())
          points[line["epoch"].get<double>()].push_back(*number);
      }
    }
    if (!points.empty()) curves.order.push_back(row.label);
  }
  return curves;
}

bool is_final(const json& line) { return line.contains("final") && line["final"] == true; }

std::optional<double> dev_score(const json& line, const std::string& metric) {
  if (is_final(line) || !line.contains("scores") || line["scores"].empty()) return {};
  TrialResult scored;
  scored.ending = TrialEnding::finished;
  scored.scores = line["scores"];
  return scored.score(metric);
}

std::optional<double> total_loss(const json& line) {
  if (is_final(line) || !line.contains("losses") || !line["losses"].is_object()) return {};
  const json& losses = line["losses"];
  if (losses.contains("total"))
    return losses["total"].is_number() ? std::optional(losses["total"].get<double>()) : std::nullopt;
  std::optional<double> sum;
  for (const auto& [name, loss] : losses.items()) {
    if (loss.is_number()) sum = sum.value_or(0) + loss.get<double>();
  }
  return sum;
}

std::optional<Chart> learning_chart(const Curves& curves, const std::string& quantity,
                                    std::vector<std::string> words, const std::string& title,
                                    std::size_t table) {
  std::size_t most_epochs = 0;
  json data = json::array();
  for (const std::string& row : curves.order) {
    most_epochs = std::max(most_epochs, curves.points.at(row).size());
    for (const auto& [epoch, values] : curves.points.at(row)) {
      data.push_back({{"series", row},
                      {"epoch", epoch},
                      {"mean", summarise(values).mean},
                      {"low", std::ranges::min(values)},
                      {"high", std::ranges::max(values)}});
    }
  }
  if (most_epochs < 2) return {};
  Chart chart{.words = std::move(words), .title = printable(title), .table = table};
  chart.spec =
      curves_chart(chart.title, printable(quantity), SeriesLook{curves.order, "configuration"}, data);
  return chart;
}

void add_learning_charts(const Report& report, std::size_t table_number, std::vector<Chart>& charts) {
  const ResultTable& table = report.tables[table_number];
  const bool ablations = table.kind == TableKind::ablations;
  const std::string suffix = ablations ? ", ablations" : "";
  std::size_t before = charts.size();
  auto add = [&](const Curves& curves, const std::string& quantity, std::vector<std::string> words,
                 const std::string& title) {
    if (ablations) words.push_back("ablations");
    auto chart = learning_chart(curves, quantity, std::move(words), title + suffix, table_number);
    if (chart) charts.push_back(*chart);
  };
  for (const std::string& metric : report.metrics) {
    const Curves curves = curves_of(table, [&](const json& line) { return dev_score(line, metric); });
    add(curves, metric + " (dev)", {"learning", "curve", "of", metric}, "Learning curve of " + metric);
  }
  if (charts.size() > before) return;
  add(curves_of(table, total_loss), "sum of the loss terms", {"training", "loss"}, "Training loss");
}

}  // namespace

std::string Chart::name() const { return file_name_of(words, '-'); }

std::vector<Chart> make_charts(const Report& report) {
  std::vector<Chart> charts;
  for (std::size_t number = 0; number < report.tables.size(); ++number) {
    const ResultTable& table = report.tables[number];
    std::size_t first = charts.size();
    for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
      bool any = std::ranges::any_of(
          table.rows, [&](const ResultRow& row) { return row.cells[metric].summary.has_value(); });
      if (!any) continue;
      if (table.kind == TableKind::ablations) {
        bool compared = std::ranges::any_of(
            table.rows, [&](const ResultRow& row) { return row.cells[metric].difference.has_value(); });
        if (compared) charts.push_back(ablation_chart(report, number, metric));
      } else if (table.rows.size() > 1) {
        for (std::size_t column = 0; column < table.columns.size(); ++column)
          charts.push_back(factor_chart(report, number, column, metric));
      }
    }
    add_learning_charts(report, number, charts);
    bool others = std::ranges::count(report.tables, table.kind, &ResultTable::kind) > 1;
    for (std::size_t chart = first; others && chart < charts.size(); ++chart)
      charts[chart].words.push_back(fmt::format("{}", number + 1));
  }
  return charts;
}

}  // namespace spanlab
