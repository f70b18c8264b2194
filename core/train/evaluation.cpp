// SPDX-License-Identifier: MIT
#include "train/evaluation.hpp"

#include "evaluate/metrics.hpp"
#include "evaluate/span_scores.hpp"
#include "files/files.hpp"
#include "model/prediction_json.hpp"

namespace spanlab {

std::vector<Item> EvaluationSet::items() const {
  std::vector<Item> items;
  for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
  return items;
}

nlohmann::json score_predictions(const Model& model, const EvaluationSet& set, const std::vector<SpanTaskPredictions>& predictions,
                                 Overlap overlap) {
  nlohmann::json by_task;
  for (const SpanTaskPredictions& of_task : predictions) {
    const Task& task = model.tasks()[of_task.task];
    std::vector<Annotation> gold, predicted;
    std::vector<std::int32_t> words;
    for (const Sentence& sentence : set.sentences) {
      gold.push_back(sentence.views[task.view]);
      words.push_back(static_cast<std::int32_t>(sentence.words.size()));
    }
    for (const Prediction& prediction : of_task.sentences) predicted.push_back(prediction.annotation());
    nlohmann::json& scores = by_task[task.name] = to_json(score(gold, predicted, model.inventory(task), overlap));
    scores["spans"] = to_json(score_spans(words, gold, predicted));
  }
  return by_task.size() == 1 ? by_task.front() : by_task;
}

void write_predictions(const Model& model, const EvaluationSet& set, const std::vector<SpanTaskPredictions>& predictions,
                       const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const SpanTaskPredictions& of_task : predictions) {
    const Task& task = model.tasks()[of_task.task];
    std::string text;
    for (std::size_t i = 0; i < set.sentences.size(); ++i) {
      text += to_json(set.sentences[i], of_task.sentences[i], model.inventory(task)).dump() + "\n";
    }
    replace_file(folder / (set.split + (predictions.size() == 1 ? "" : "." + task.name) + ".jsonl"), text, Durability::synced);
  }
}

}  // namespace spanlab
