// SPDX-License-Identifier: MIT
#include "report/curves.hpp"

#include <set>

#include "report/chart_parts.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

/// A curve per row: the mean over seeds at each epoch, and the lowest and highest seed.
struct Curves {
  struct Line {
    std::string label;
    std::size_t row = 0;                                 // chart_row
    std::map<std::int64_t, std::vector<double>> points;  // by epoch
  };
  std::vector<Line> lines;
};

/// What a chart of curves is of.
struct Quantity {
  std::vector<std::string> words;
  std::string title;
  std::string axis;
  /// The score or loss.
  std::string choice;
  /// What there is to say of the numbers, or empty.
  std::string note = {};
};

/// `value` gives the number of an epoch, or none.
template <class Get>
Curves curves_of(const ResultTable& table, Get value) {
  Curves curves;
  for (const ResultRow& row : table.rows) {
    Curves::Line line{row.label, chart_row(row), {}};
    for (const TrialResult* trial : row.trials) {
      for (const EpochResult& epoch : trial->epochs) {
        if (const std::optional<double> number = value(epoch)) line.points[epoch.epoch].push_back(*number);
      }
    }
    if (!line.points.empty()) curves.lines.push_back(std::move(line));
  }
  return curves;
}

/// Every loss that some trial of the table has stored by name, and whether each total stands with them.
struct StoredLosses {
  std::set<std::string> names;
  bool all_totals = true;
};

StoredLosses stored_losses(const ResultTable& table) {
  StoredLosses stored;
  for (const ResultRow& row : table.rows) {
    for (const TrialResult* trial : row.trials) {
      for (const EpochResult& epoch : trial->epochs) {
        if (!epoch.losses) continue;
        stored.all_totals &= epoch.losses->total.has_value();
        for (const auto& [name, loss] : epoch.losses->terms) stored.names.insert(name);
      }
    }
  }
  return stored;
}

std::optional<double> total_of(const EpochResult& epoch) {
  return epoch.losses ? epoch.losses->total : std::nullopt;
}

std::optional<double> term_of(const EpochResult& epoch, const std::string& name) {
  if (!epoch.losses) return {};
  const auto found = epoch.losses->terms.find(name);
  return found == epoch.losses->terms.end() ? std::nullopt : std::optional(found->second);
}

/// A chart, unless there are too few epochs for a curve.
std::optional<Chart> curves_chart_of(const Curves& curves, const Quantity& quantity) {
  std::size_t most_epochs = 0;
  json data = json::array();
  std::vector<std::string> order;
  for (const Curves::Line& line : curves.lines) {
    order.push_back(line.label);
    most_epochs = std::max(most_epochs, line.points.size());
    for (const auto& [epoch, values] : line.points) {
      data.push_back({{"series", line.label},
                      {"row", line.row},
                      {"epoch", static_cast<double>(epoch)},
                      {"mean", summarise(values).mean},
                      {"low", std::ranges::min(values)},
                      {"high", std::ranges::max(values)}});
    }
  }
  if (most_epochs < 2) return {};
  Chart chart{
      .words = quantity.words, .title = printable(quantity.title), .choice = printable(quantity.choice)};
  const SeriesLook look{order, "configuration"};
  chart.spec = curves_chart(chart.title, printable(quantity.axis), look, data, quantity.note);
  return chart;
}

/// The charts of one table.
class LearningCharts {
 public:
  LearningCharts(const Report& report, std::size_t number)
      : report_(report), table_(report.tables[number]), number_(number) {}

  std::vector<Chart> charts() {
    add_scores();
    if (charts_.empty()) add_losses();
    return std::move(charts_);
  }

 private:
  void add(const Curves& curves, Quantity quantity) {
    if (table_.kind == TableKind::ablations) {
      quantity.words.emplace_back("ablations");
      quantity.title += ", ablations";
    }
    std::optional<Chart> chart = curves_chart_of(curves, quantity);
    if (!chart) return;
    chart->table = number_;
    chart->kind = "Learning curves";
    charts_.push_back(std::move(*chart));
  }

  void add_scores() {
    for (std::size_t i = 0; i < report_.metrics.size(); ++i) {
      const auto score = [&](const EpochResult& epoch) {
        return epoch.scores.empty() ? std::nullopt : epoch.scores[i];
      };
      const std::string& metric = report_.metrics[i];
      add(curves_of(table_, score),
          {{"learning", "curve", "of", metric}, "Learning curve of " + metric, metric + " (dev)", metric});
    }
  }

  void add_losses() {
    const StoredLosses stored = stored_losses(table_);
    const std::string note = stored.all_totals ? "" : "spanlab 0.1 stored no weighted sum of the losses";
    add(curves_of(table_, total_of),
        {{"training", "loss"}, "Training loss", "weighted sum of the losses", "sum of the losses", note});
    for (const std::string& name : stored.names) {
      const auto term = [&](const EpochResult& epoch) { return term_of(epoch, name); };
      add(curves_of(table_, term), {{"training", "loss", "of", name},
                                    "Training loss of " + name,
                                    name + " (without its weight)",
                                    name,
                                    note});
    }
  }

  const Report& report_;
  const ResultTable& table_;
  std::size_t number_;
  std::vector<Chart> charts_;
};

}  // namespace

std::vector<Chart> learning_charts(const Report& report, std::size_t table) {
  return LearningCharts(report, table).charts();
}

}  // namespace spanlab::host
