// SPDX-License-Identifier: MIT
#include <array>
#include <charconv>

#include "report/writers.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

using nlohmann::json;

bool is_number(const std::string& text) {
  double ignored = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ignored);
  return error == std::errc() && end == text.data() + text.size();
}

/// A name that a spreadsheet would take for a formula gets an apostrophe in front, which it shows as text.
std::string field(const std::string& given) {
  std::string text = printable(given);
  const bool is_formula = !text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos;
  if (is_formula && !is_number(text)) text.insert(text.begin(), '\'');
  if (text.find_first_of(",\"") == text.npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string line_of(const std::vector<std::string>& fields) {
  std::vector<std::string> texts;
  for (const std::string& text : fields) texts.push_back(field(text));
  return fmt::format("{}\n", fmt::join(texts, ","));
}

std::string number(double value) { return fmt::format("{}", value); }
std::string number(const std::optional<double>& value) { return value ? number(*value) : ""; }

constexpr std::array kDifferenceFields{"difference", "difference_low", "difference_high", "p",
                                       "p_adjusted", "detectable",     "outcome",         "verdict"};

void add_interval(const std::optional<Interval>& interval, std::vector<std::string>& fields) {
  if (interval)
    fields.insert(fields.end(), {number(interval->low), number(interval->high)});
  else
    fields.insert(fields.end(), 2, "");
}

void add_cell(const ScoreCell& cell, std::vector<std::string>& fields) {
  const auto& summary = cell.summary;
  fields.push_back(summary ? number(summary->mean) : "");
  fields.push_back(summary ? number(summary->deviation) : "");
  add_interval(summary ? summary->interval : std::nullopt, fields);
  const auto& difference = cell.difference;
  if (!difference) {
    fields.insert(fields.end(), kDifferenceFields.size(), "");
    return;
  }
  fields.push_back(number(difference->test.difference));
  add_interval(difference->test.interval, fields);
  fields.push_back(number(difference->test.p));
  fields.push_back(number(difference->adjusted_p));
  fields.push_back(number(difference->test.detectable));
  fields.emplace_back(to_text(difference->outcome));
  fields.push_back(difference->verdict);
}

json to_json(const Summary& summary) {
  json node = {{"n", summary.n}, {"mean", summary.mean}};
  if (summary.deviation) node["deviation"] = *summary.deviation;
  if (summary.interval) node["interval"] = {summary.interval->low, summary.interval->high};
  return node;
}

json to_json(const Difference& difference, const ReportRequest& request) {
  const ClaimTest& test = difference.test;
  json node{{"claim", to_text(difference.claim)},
            {"seeds", {difference.seeds, difference.other_seeds}},
            {"mean", test.difference},
            {"outcome", to_text(difference.outcome)},
            {"verdict", difference.verdict}};
  if (difference.texts > 0) {
    node["texts"] = difference.texts;
    node["text_unit"] = difference.unit == TextUnit::document ? "document" : "sentence";
  }
  if (test.procedure.empty())
    node["reason"] = test.reason;
  else
    node["procedure"] = test.procedure;
  if (test.interval) node["interval"] = {test.interval->low, test.interval->high};
  if (test.p) node["p"] = *test.p;
  if (difference.adjusted_p) node["p_adjusted"] = *difference.adjusted_p;
  if (test.detectable) node["detectable"] = *test.detectable;
  if (request.margin) node["margin"] = *request.margin;
  for (const auto& [effect, size] : difference.effects) node["effects"][std::string(to_text(effect))] = size;
  return node;
}

json to_json(const Report& report, const ResultTable& table, const ResultRow& row) {
  json node = {{"label", row.label},
               {"planned", row.trials.size()},
               {"finished", row.finished()},
               {"values", json::object()},
               {"scores", json::object()}};
  for (std::size_t column = 0; column < table.columns.size(); ++column)
    node["values"][table.columns[column]] = row.values[column];
  if (row.baseline) node["compared_with"] = table.rows[*row.baseline].label;
  for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
    const ScoreCell& cell = row.cells[metric];
    if (!cell.summary) continue;
    json score = to_json(*cell.summary);
    score["best"] = cell.best;
    for (const SeedValue& seed : cell.values)
      score["seeds"][fmt::format("{}", seed.trial->seed)] = seed.value;
    if (cell.difference) score["difference"] = to_json(*cell.difference, report.request);
    node["scores"][report.metrics[metric]] = score;
  }
  return node;
}

std::string name_of(TrialEnding ending) {
  return ending == TrialEnding::finished ? "finished"
         : ending == TrialEnding::failed ? "failed"
                                         : "unfinished";
}

json to_json(const Report& report, const TrialResult& trial) {
  json node = {{"row", trial.label},           {"seed", trial.seed},
               {"trial", trial.hash},          {"state", name_of(trial.ending)},
               {"parameters", json::object()}, {"scores", json::object()}};
  for (std::size_t i = 0; i < report.varied.paths.size(); ++i)
    node["parameters"][report.varied.paths[i]] = report.varied.values.at(trial.row)[i];
  for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
    if (trial.scores[metric]) node["scores"][report.metrics[metric]] = *trial.scores[metric];
  }
  return node;
}

}  // namespace

std::string table_csv(const Report& report) {
  std::vector<std::string> paths;
  for (const ResultTable& table : report.tables) {
    for (const std::string& column : table.columns) {
      if (table.kind == TableKind::space && std::ranges::find(paths, column) == paths.end()) {
        paths.push_back(column);
      }
    }
  }
  std::vector<std::string> head{"table", "evaluation", "row", "compared_with"};
  head.insert(head.end(), paths.begin(), paths.end());
  head.insert(head.end(), {"planned", "finished"});
  for (const std::string& metric : report.metrics) {
    for (const char* part : {"mean", "deviation", "low", "high"}) head.push_back(metric + " " + part);
    for (const char* part : kDifferenceFields) head.push_back(metric + " " + part);
  }
  std::string text = line_of(head);
  for (const ResultTable& table : report.tables) {
    for (const ResultRow& row : table.rows) {
      std::vector<std::string> fields{table.title, table.evaluation, row.label,
                                      row.baseline ? table.rows[*row.baseline].label : ""};
      for (const std::string& path : paths) {
        auto column = std::ranges::find(table.columns, path);
        fields.push_back(column == table.columns.end()
                             ? ""
                             : row.texts[static_cast<std::size_t>(column - table.columns.begin())]);
      }
      fields.push_back(fmt::format("{}", row.trials.size()));
      fields.push_back(fmt::format("{}", row.finished()));
      for (const ScoreCell& cell : row.cells) add_cell(cell, fields);
      text += line_of(fields);
    }
  }
  return text;
}

std::string trials_csv(const Report& report) {
  std::vector<std::string> head{"row", "seed", "trial", "state"};
  head.insert(head.end(), report.varied.paths.begin(), report.varied.paths.end());
  head.insert(head.end(), {"score", "value"});
  std::string text = line_of(head);
  for (const TrialResult& trial : report.trials) {
    std::vector<std::string> begin{trial.label, fmt::format("{}", trial.seed), trial.hash,
                                   name_of(trial.ending)};
    for (const json& value : report.varied.values.at(trial.row))
      begin.push_back(value.is_null() ? "" : value_text(value));
    for (std::size_t metric = 0; metric < report.metrics.size(); ++metric) {
      std::vector<std::string> fields = begin;
      fields.push_back(report.metrics[metric]);
      fields.push_back(number(trial.scores[metric]));
      text += line_of(fields);
    }
  }
  return text;
}

std::string report_json(const Report& report, const std::vector<Chart>& charts,
                        const std::map<std::string, std::string>& files) {
  json tables = json::array();
  for (const ResultTable& table : report.tables) {
    json rows = json::array();
    for (const ResultRow& row : table.rows) rows.push_back(to_json(report, table, row));
    tables.push_back({{"title", table.title},
                      {"evaluation", table.evaluation},
                      {"columns", table.columns},
                      {"comparisons", table.comparisons},
                      {"rows", rows}});
  }
  auto object = [](const Lines& lines) {
    json node = json::object();
    for (const auto& [name, value] : lines) node[name] = value;
    return node;
  };
  json trials = json::array();
  for (const TrialResult& trial : report.trials) trials.push_back(to_json(report, trial));
  json missing = json::array();
  for (const TrialResult& trial : report.trials) {
    if (trial.ending == TrialEnding::finished) continue;
    missing.push_back({{"row", trial.label},
                       {"seed", trial.seed},
                       {"trial", trial.hash},
                       {"state", name_of(trial.ending)},
                       {"reason", trial.reason}});
  }
  json provenance = json::object();
  for (const ProvenanceDifference& difference : report.provenance) {
    for (std::size_t i = 0; i < difference.fields.size(); ++i) {
      for (const ProvenanceDifference::Part& part : difference.parts)
        provenance[difference.fields[i]][part.values[i]] = part.trials;
    }
  }
  json answers = json::array();
  for (const Answer& answer : report.answers) {
    json one{{"text", answer.text}, {"metric", answer.metric}, {"row", answer.row}};
    if (!answer.other.empty())
      one.update({{"compared_with", answer.other}, {"outcome", to_text(answer.outcome)}});
    answers.push_back(std::move(one));
  }
  json names = json::array();
  for (const Chart& chart : charts) names.push_back(chart.name());
  json node = {{"study", report.study},
               {"question", report.question},
               {"metrics", report.metrics},
               {"claim", to_text(report.request.claim)},
               {"family", to_text(report.request.family)},
               {"answers", answers},
               {"procedure", report.procedure},
               {"setup", object(report.setup)},
               {"names", object(report.names)},
               {"tables", tables},
               {"trials", trials},
               {"trials_without_result", missing},
               {"provenance_differences", provenance},
               {"commands", report.commands},
               {"parameters", object(report.parameters)},
               {"charts", names},
               {"files", files}};
  return node.dump(2) + "\n";
}

}  // namespace spanlab::host
