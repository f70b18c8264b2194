// SPDX-License-Identifier: MIT
#include "records/counts_by_document.hpp"

#include <fmt/format.h>

#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

constexpr const char* kUnits[] = {"document", "sentence"};

json node_of(const ScoreCounts& score) {
  json counts = json::array();
  for (const ScoreCounts::Entry& entry : score.entries) {
    counts.push_back(
        {entry.document, entry.type, entry.counts.correct, entry.counts.predicted, entry.counts.gold});
  }
  return {{"types", score.types}, {"counts", std::move(counts)}};
}

bool is_entry(const json& node, std::size_t documents, std::size_t types) {
  if (!node.is_array() || node.size() != 5) return false;
  for (const json& number : node) {
    if (!number.is_number_integer() || number.get<std::int64_t>() < 0) return false;
  }
  return node[0].get<std::size_t>() < documents && node[1].get<std::size_t>() < types;
}

ScoreCounts score_of(JsonFields& fields, std::size_t documents) {
  ScoreCounts score{.types = fields.texts("types")};
  const json& counts = json_of(fields.list("counts"));
  for (const json& node : counts) {
    if (!is_entry(node, documents, score.types.size())) {
      fields.wrong("counts", "expected [document, type, correct, predicted, gold], got " + node.dump());
      return score;
    }
    score.entries.push_back({node[0], node[1], {node[2], node[3], node[4]}});
  }
  return score;
}

}  // namespace

std::string counts_text(const CountsByDocument& counts) {
  json scores = json::object();
  for (const auto& [name, score] : counts.scores) scores[name] = node_of(score);
  const json node{{"unit", kUnits[counts.unit == TextUnit::sentence ? 1 : 0]},
                  {"documents", counts.documents},
                  {"scores", std::move(scores)}};
  return node.dump();
}

CountsByDocument read_counts_text(std::string_view text, const std::filesystem::path& place) {
  const json node = parse_json(text, place);
  std::vector<Problem> problems;
  CountsByDocument counts;
  {
    JsonFields fields(view_of(node), place.string(), problems);
    const std::string unit = fields.text("unit");
    if (unit != kUnits[0] && unit != kUnits[1]) fields.wrong("unit", "expected document or sentence");
    counts.unit = unit == kUnits[0] ? TextUnit::document : TextUnit::sentence;
    counts.documents = fields.texts("documents");
    JsonFields scores = fields.object("scores");
    for (const std::string& name : scores.keys()) {
      JsonFields score = scores.object(name);
      counts.scores[name] = score_of(score, counts.documents.size());
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  return counts;
}

void write_counts(const CountsByDocument& counts, const std::filesystem::path& file) {
  replace_file(file, counts_text(counts) + "\n", Durability::synced);
}

CountsByDocument read_counts(const std::filesystem::path& file) {
  return read_counts_text(read_file(file), file);
}

}  // namespace spanlab::host
