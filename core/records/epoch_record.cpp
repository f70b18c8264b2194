// SPDX-License-Identifier: MIT
#include "records/epoch_record.hpp"

#include <sstream>

#include "evaluate/score_path.hpp"
#include "records/score_json.hpp"
#include "spanlab/json_fields.hpp"
#include "spanlab/json_view.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

json to_json(const EpochLosses& losses) {
  json node(losses.terms);
  if (losses.total) node[kTotalLoss] = *losses.total;
  return node;
}

// A mean that is no number is null in the file, as JSON has no other word for it.
std::optional<double> read_loss(const std::string& name, JsonView value, JsonFields& losses) {
  if (value.is_number()) return value.number();
  if (!value.is_null()) losses.wrong(name, "expected a number, got " + value.shown());
  return std::nullopt;
}

EpochLosses read_losses(JsonFields object) {
  EpochLosses losses;
  for (const std::string& name : object.keys()) {
    const std::optional<double> loss = read_loss(name, object.any(name), object);
    if (name == kTotalLoss) {
      losses.total = loss;
    } else if (loss) {
      losses.terms.emplace(name, *loss);
    }
  }
  return losses;
}

ScoreTree read_scores(JsonView node, const std::string& path, JsonFields& record) {
  ScoreTree scores;
  if (node.is_object()) {
    for (const std::string& name : node.keys()) {
      scores[name] = read_scores(node.find(name), path + '.' + name, record);
    }
  } else if (node.is_whole()) {
    scores.value = node.whole();
  } else if (node.is_number()) {
    scores.value = node.number();
  } else {
    scores.value = std::monostate();
    if (!node.is_null()) record.wrong(path, "expected a number, got " + node.shown());
  }
  return scores;
}

EpochRecord read_record(JsonFields object) {
  EpochRecord record;
  record.epoch = object.integer_or("epoch", 0);
  record.step = object.integer_or("step", 0);
  record.split = object.text_or("split", "");
  record.seconds = object.number_or("seconds", 0);
  record.is_final = object.boolean_or("final", false);
  if (object.has("losses")) record.losses = read_losses(object.object("losses"));
  if (object.has("scores")) record.scores = read_scores(object.object("scores").view(), "scores", object);
  if (object.has("log")) {
    JsonFields log = object.object("log");
    for (const std::string& name : log.keys()) record.log[name] = log.number(name);
  }
  if (object.has("parameters")) {
    JsonFields parameters = object.object("parameters");
    for (const std::string& part : parameters.keys()) record.parameters[part] = parameters.integer(part);
  }
  return record;
}

// A line; what is wrong with it is added to the problems.
EpochRecord read_line(std::string_view line, const std::filesystem::path& file, std::int64_t number,
                      std::vector<Problem>& problems) {
  const JsonDocument document(line, file, number, problems);
  if (!problems.empty()) return {};
  return read_record(JsonFields(document.root(), fmt::format("{}:{}", file.string(), number), problems));
}

}  // namespace

ScoreTree EpochRecord::all_scores() const {
  ScoreTree all = scores.value_or(ScoreTree());
  for (const auto& [path, value] : log) {
    ScoreTree* place = &all[std::string(kRecorded)];
    for (std::size_t begin = 0; begin < path.size();) {
      const std::size_t end = std::min(path.find('.', begin), path.size());
      place = &(*place)[path.substr(begin, end - begin)];
      begin = end + 1;
    }
    *place = value;
  }
  return all;
}

std::string losses_text(const EpochLosses& losses) { return to_json(losses).dump(); }

std::string metrics_line(const EpochRecord& record) {
  json line{{"epoch", record.epoch},
            {"step", record.step},
            {"split", record.split},
            {"seconds", record.seconds},
            {"final", record.is_final}};
  if (record.losses) line["losses"] = to_json(*record.losses);
  if (record.scores) line["scores"] = to_json(*record.scores);
  if (!record.log.empty()) line["log"] = record.log;
  if (!record.parameters.empty()) line["parameters"] = record.parameters;
  return line.dump();
}

std::vector<EpochRecord> read_metrics(const std::string& text, const std::filesystem::path& file) {
  std::vector<EpochRecord> records;
  std::istringstream in(text);
  std::string line;
  for (std::int64_t number = 1; std::getline(in, line); ++number) {
    const bool complete = !in.eof();
    std::vector<Problem> wrong;
    EpochRecord record = read_line(line, file, number, wrong);
    if (wrong.empty()) records.push_back(std::move(record));
    if (complete && !wrong.empty()) throw Error(ErrorKind::data, std::move(wrong));
  }
  return records;
}

std::optional<EpochRecord> final_record(std::string_view text) {
  const std::size_t end = text.rfind('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::vector<Problem> wrong;
  EpochRecord record = read_line(text.substr(begin, end - begin), kMetricsFile, 1, wrong);
  const bool ends = wrong.empty() && record.is_final && record.scores;
  return ends ? std::make_optional(std::move(record)) : std::nullopt;
}

}  // namespace spanlab::host
