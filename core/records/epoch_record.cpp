// SPDX-License-Identifier: MIT
#include "records/epoch_record.hpp"

#include <sstream>

#include "files/json_file.hpp"
#include "records/score_json.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

json to_json(const EpochLosses& losses) {
  json node(losses.terms);
  if (losses.total) node[kTotalLoss] = *losses.total;
  return node;
}

// A mean that is no number is null in the file, as JSON has no other word for it.
std::optional<double> read_loss(const std::string& name, const json& value, JsonObject& losses) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_null()) losses.add(name, "expected a number, got " + shown(value));
  return std::nullopt;
}

EpochLosses read_losses(JsonObject object) {
  EpochLosses losses;
  for (const auto& [name, value] : object.node().items()) {
    const std::optional<double> loss = read_loss(name, value, object);
    if (name == kTotalLoss) {
      losses.total = loss;
    } else if (loss) {
      losses.terms.emplace(name, *loss);
    }
  }
  return losses;
}

ScoreTree read_scores(const json& node, const std::string& path, JsonObject& record) {
  ScoreTree scores;
  if (node.is_object()) {
    for (const auto& [name, part] : node.items()) scores[name] = read_scores(part, path + '.' + name, record);
  } else if (node.is_number_integer()) {
    scores.value = node.get<std::int64_t>();
  } else if (node.is_number()) {
    scores.value = node.get<double>();
  } else {
    scores.value = std::monostate();
    if (!node.is_null()) record.add(path, "expected a number, got " + shown(node));
  }
  return scores;
}

EpochRecord read_record(JsonObject object) {
  EpochRecord record;
  record.epoch = object.integer_or("epoch", 0);
  record.step = object.integer_or("step", 0);
  record.split = object.text_or("split", "");
  record.seconds = object.number_or("seconds", 0);
  record.is_final = object.boolean_or("final", false);
  if (object.has("losses")) record.losses = read_losses(object.object("losses"));
  if (object.has("scores")) record.scores = read_scores(object.object("scores").node(), "scores", object);
  if (object.has("parameters")) {
    JsonObject parameters = object.object("parameters");
    for (const auto& [part, count] : parameters.node().items())
      record.parameters[part] = parameters.integer(part);
  }
  return record;
}

// A line; what is wrong with it is added to the problems.
EpochRecord read_line(std::string_view line, const std::filesystem::path& file, std::int64_t number,
                      std::vector<Problem>& problems) {
  const json node = parse_json(line, file, number, problems);
  if (!problems.empty()) return {};
  return read_record(JsonObject(node, fmt::format("{}:{}", file.string(), number), problems));
}

}  // namespace

std::string losses_text(const EpochLosses& losses) { return to_json(losses).dump(); }

std::string metrics_line(const EpochRecord& record) {
  json line{{"epoch", record.epoch},
            {"step", record.step},
            {"split", record.split},
            {"seconds", record.seconds},
            {"final", record.is_final}};
  if (record.losses) line["losses"] = to_json(*record.losses);
  if (record.scores) line["scores"] = to_json(*record.scores);
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

}  // namespace spanlab
