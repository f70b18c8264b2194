// SPDX-License-Identifier: MIT
#include "records/predictions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/error.hpp"
#include "spanlab/json_fields.hpp"
#include "spanlab/problem_list.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

json items_of(const Prediction& prediction, const Inventory& inventory) {
  json entities = json::array(), relations = json::array();
  for (const auto& [entity, score] : prediction.entities) {
    entities.push_back({{"type", inventory.entities[entity.type].name},
                        {"start", entity.span.begin},
                        {"end", entity.span.end},
                        {"score", score}});
  }
  for (const auto& [relation, score] : prediction.relations) {
    relations.push_back({{"type", inventory.relations[relation.type].name},
                         {"head", relation.head},
                         {"tail", relation.tail},
                         {"score", score}});
  }
  return {{"entities", std::move(entities)}, {"relations", std::move(relations)}};
}

}  // namespace

std::string prediction_line(const Sentence& sentence, const Prediction& prediction,
                            const Inventory& inventory) {
  json line = items_of(prediction, inventory);
  line["id"] = sentence.id;
  line["tokens"] = sentence.words;
  return line.dump();
}

std::string prediction_line(const Sentence& sentence, std::span<const TaskPrediction> tasks) {
  json line{{"id", sentence.id}, {"tokens", sentence.words}};
  for (const TaskPrediction& task : tasks) line[task.task] = items_of(task.prediction, task.inventory);
  return line.dump();
}

namespace {

class PredictionReader {
 public:
  PredictionReader(const std::filesystem::path& file, const Inventory& inventory)
      : file_(file), inventory_(inventory) {}

  Prediction read(std::string_view line, std::int64_t number, const Sentence& sentence) {
    const json node = parse_json(line, file_, number, problems_);
    if (node.is_null()) return {};
    JsonFields fields(view_of(node), fmt::format("{}:{}", file_.string(), number), problems_);
    if (fields.texts("tokens") != sentence.words) {
      fields.wrong("tokens", fmt::format("expected the words of sentence {}", sentence.id));
      return {};
    }
    Prediction prediction;
    for (JsonFields& item : fields.objects("entities")) {
      const Span span{word(item, "start", sentence), word(item, "end", sentence)};
      if (span.begin >= span.end) item.wrong("end", fmt::format("expected more than {}", span.begin));
      prediction.entities.push_back({{span, type(item, inventory_.entities)}, score(item)});
    }
    for (JsonFields& item : fields.objects("relations")) {
      const auto last = std::ssize(prediction.entities) - 1;
      const Relation relation{static_cast<std::int32_t>(item.whole("head", 0, last)),
                              static_cast<std::int32_t>(item.whole("tail", 0, last)),
                              type(item, inventory_.relations)};
      prediction.relations.push_back({relation, score(item)});
    }
    return prediction;
  }

  void finish(std::size_t lines, std::size_t sentences) {
    if (lines != sentences)
      add_problem(problems_, file_.string(),
                  fmt::format("expected {} lines, one of each sentence, got {}", sentences, lines));
    if (!problems_.empty()) throw Error(ErrorKind::data, std::move(problems_));
  }

 private:
  static std::int32_t word(JsonFields& item, const char* key, const Sentence& sentence) {
    return static_cast<std::int32_t>(item.whole(key, 0, std::ssize(sentence.words)));
  }

  static float score(JsonFields& item) { return static_cast<float>(item.number("score")); }

  static std::int32_t type(JsonFields& item, const std::vector<LabelType>& types) {
    const std::string name = item.text("type");
    const auto found = std::ranges::find(types, name, &LabelType::name);
    if (found != types.end()) return static_cast<std::int32_t>(found - types.begin());
    item.wrong("type", fmt::format("'{}' is no type of the data set", name));
    return 0;
  }

  const std::filesystem::path& file_;
  const Inventory& inventory_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Prediction> read_predictions(const std::filesystem::path& file,
                                         std::span<const Sentence> sentences, const Inventory& inventory) {
  PredictionReader reader(file, inventory);
  std::vector<Prediction> predictions;
  std::istringstream lines(read_file(file));
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line); ++number) {
    if (number < sentences.size())
      predictions.push_back(reader.read(line, static_cast<std::int64_t>(number) + 1, sentences[number]));
  }
  reader.finish(number, sentences.size());
  return predictions;
}

}  // namespace spanlab::host
